"""What a state contact reads in a report, on a phone and on paper."""
import pytest
from harness.browser import PHONE
from pages import staff
from pages.staff import EMILIANO, MARISOL, PATRICIA, ROSA, XOCHITL, Student, Wizard

WESLACO = "Weslaco East High School"
KNOWN = (EMILIANO, MARISOL, XOCHITL)
# No school has them in the locator, so that the school is searched for.
UNKNOWN = (Student("Wilfrida", "Inventada", "Uno", "2009-05-04"),
           Student("Eufemia", "Inventada", "Dos", "2010-06-05"))
STUDENTS = KNOWN + UNKNOWN


@pytest.fixture(scope="module")
def asked(gateway, chromium):
    """Rosa has asked a school of Texas for five students."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = Person(page, faults, gateway.url)
        staff.come_back(rosa, ROSA)
        for student in KNOWN:
            staff.file_request(rosa, student, WESLACO)
        for student in UNKNOWN:
            wizard = Wizard(rosa).begin().student(student)
            wizard.search(name="Weslaco East", state="Texas").place(WESLACO).purpose().send()
        rosa.nothing_went_wrong()


def test_the_state_contact_sees_what_its_schools_are_asked(people, gateway, asked):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/home")
    patricia.follow(words("door.reports"))
    patricia.sees_heading("~" + words("report.title"))
    patricia.sees("Texas")
    asked_for = patricia.page.get_by_role("region", name=words("reportSide.answering"))
    assert "5" in asked_for.locator("dl.sum dd").first.inner_text()
    assert words("wait.notReached") in asked_for.inner_text()
    page = patricia.page.content()
    assert not any(secret in page for student in STUDENTS for secret in student.secrets)
    answer = patricia.page.context.request.get(gateway.url + "/reports/report.csv")
    assert '"answering","total","","","5"' in answer.text()


def test_a_report_on_paper_leaves_out_what_is_only_for_the_screen(people, gateway, asked):
    patricia = staff.come_back(people(gateway.url, js=False), PATRICIA)
    words = patricia.words
    patricia.go("/reports")
    shown = patricia.page.get_by_role("button", name=words("report.show"))
    assert shown.is_visible()
    patricia.page.emulate_media(media="print")
    assert not shown.is_visible()
    assert not patricia.page.get_by_role("link", name=words("report.file")).is_visible()
    patricia.sees(words("report.requests"))
    width = patricia.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
    patricia.page.emulate_media(media="screen")
