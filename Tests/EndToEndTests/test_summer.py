"""July: the school is closed, and still somebody answers; and the ladder while it is in session."""
import pytest
from harness.browser import PHONE
from pages import clerk, staff
from pages.clerk import Answer
from pages.staff import (EMILIANO, JOSE, MARISOL, PATRICIA, ROSA, XOCHITL, YADIEL,
                         next_sentence, status, steps)
from samples import pdf

WESLACO = "Weslaco East High School"


@pytest.fixture(scope="module")
def july(gateway, chromium):
    """The clock stands on July 6, and Rosa has asked a closed school for three students."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = Person(page, faults, gateway.url)
        staff.come_back(rosa, ROSA)
        staff.move_clock(rosa, "july")
        rosa.sees("Monday, July 6")
        numbers = [staff.file_request(rosa, student, WESLACO)
                   for student in (EMILIANO, MARISOL, XOCHITL)]
        rosa.nothing_went_wrong()
    return numbers


@pytest.fixture
def rosa(people, gateway, july):
    return staff.come_back(people(gateway.url), ROSA)


@pytest.fixture
def patricia(people, gateway, july):
    return staff.come_back(people(gateway.url), PATRICIA)


def never_overdue(person):
    assert "overdue" not in person.text()


def test_summer_contact_project_and_district_are_asked_at_once(rosa, july):
    words = rosa.words
    for to in ("victor.salas@", "lucia.cantu@", "daniel.pruitt@"):
        assert clerk.the_mail(rosa, july[0], to=to)["link"], to
    staff.open_request(rosa, july[0])
    never_overdue(rosa)
    rosa.sees(words("due.closedUntil", day="Mon, Aug 17"))
    assert "the Texas state contact takes over" in next_sentence(rosa)
    assert "Tuesday, July 7" in next_sentence(rosa)


def test_a_day_later_it_is_with_the_state_contact(rosa, patricia, july, gateway):
    words = patricia.words
    staff.move_clock(rosa, "day")
    for number in july:
        staff.open_request(rosa, number)
        never_overdue(rosa)
        rosa.sees(words("step.stateTold", organization="Texas"))
        assert "the Texas state contact must have acted" in next_sentence(rosa)
    patricia.go("/queue")
    patricia.sees_heading("~State queue")
    patricia.sees("(956)969-6950", within=WESLACO)
    assert patricia.page.locator("section.group").count() == 1
    patricia.sees(*july, within=WESLACO)
    never_overdue(patricia)
    digest = the_digest(patricia)
    assert all(number in digest for number in july) and "(956)969-6950" in digest
    assert not any(secret in digest for s in (EMILIANO, MARISOL, XOCHITL) for secret in s.secrets)


def the_digest(person):
    rows = person.page.get_by_role("row").filter(has_text="patricia.holloway@")
    rows = rows.filter(has_text="need")
    for _ in range(40):
        person.page.goto(person.base + "/demo/mail")
        if rows.count():
            break
        person.page.wait_for_timeout(250)
    rows.first.get_by_role("link").click()
    return person.page.locator("pre.mail").inner_text()


def test_the_state_contact_reminds_and_logs_a_call(patricia, rosa, july):
    words = patricia.words
    patricia.go("/queue")
    patricia.follow(july[0])
    patricia.press(words("queue.remindOne"))
    patricia.sees(words("notice.reminded"))
    patricia.press(words("queue.callButton"))
    patricia.sees_errors(words("trouble.noteMissing"))
    patricia.fill(words("field.calledPerson.label"), "The district's front office")
    patricia.fill(words("field.note.label"), "They look on Thursday.", within="~Log a phone call")
    patricia.press(words("queue.callButton"))
    patricia.sees(words("notice.callLogged"))
    # Where nobody answers, one press says so.
    patricia.press(words("queue.logNobody"))
    patricia.sees(words("notice.callLogged"), words("queue.nobodyAnswered"))
    patricia.sees("They look on Thursday.")
    staff.open_request(rosa, july[0])
    rosa.sees(words("step.callLogged"))


def test_the_state_contact_reminds_many_at_once(patricia, july):
    patricia.go("/queue")
    for number in july[1:]:
        patricia.choose(f"Select {number}")
    patricia.press(patricia.words("queue.remind"))
    patricia.sees(patricia.words("bulk.would"))
    patricia.sees(*july[1:])
    patricia.press(patricia.words("bulk.button"))
    patricia.sees(patricia.words("bulk.done"), *july[1:])
    # A second time at once, and nobody is written to.
    patricia.go("/queue?view=all")
    for number in july[1:]:
        patricia.choose(f"Select {number}")
    patricia.press(patricia.words("queue.remind"))
    patricia.sees(patricia.words("bulk.nothing"), patricia.words("bulk.askedJustNow"))


def test_a_view_of_the_queue_under_a_name_of_its_own(people, gateway, july):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go(f"/queue?view=all&searchName={july[0]}")
    patricia.page.locator("summary", has_text=words("queue.ownViews")).click()
    patricia.press(words("queue.saveView"))
    patricia.sees_errors(words("trouble.viewNameMissing"))
    patricia.fill(words("field.viewName.label"), "The first one")
    patricia.press(words("queue.saveView"))
    patricia.sees(words("notice.viewSaved"))
    patricia.go("/queue")
    patricia.follow("The first one (1)")
    assert july[0] in patricia.page.url
    patricia.sees(july[0])
    patricia.sees_not(july[1])


def test_the_state_contact_answers_in_the_schools_place(patricia, rosa, july, tmp_path):
    words = patricia.words
    patricia.go("/queue")
    patricia.follow(july[0])
    patricia.follow(words("queue.answer"))
    patricia.sees(words("answer.actsFor", actsFor=WESLACO))
    answer = Answer(patricia).attach(pdf(tmp_path / "transcript.pdf"))
    patricia.choose(words("complete.yes"))
    answer.send().receipt()
    staff.wait_for(rosa, f"/requests/{july[0]}/records",
                   lambda: words("records.sealed") in rosa.text(), "the bundle")
    rosa.sees("Patricia Holloway, State contact, migrant education")


def test_the_state_contact_asks_another_school(patricia, rosa, july):
    words = patricia.words
    patricia.go("/queue")
    patricia.follow(july[1])
    patricia.follow(words("action.addLocation"))
    patricia.fill(words("field.searchName.label"), "Immokalee High")
    patricia.press(words("search.button"))
    patricia.choose("~Immokalee High School")
    patricia.press(words("location.button"))
    patricia.sees(words("notice.locationAdded"))
    staff.open_request(rosa, july[1])
    rosa.sees("Immokalee High School")
    never_overdue(rosa)


def test_the_state_contact_closes_with_a_reason(patricia, rosa, july):
    words = patricia.words
    patricia.go("/queue?view=all")
    patricia.follow(july[2])
    patricia.press(words("queue.closeButton"))
    patricia.sees_errors(words("trouble.reasonMissing"))
    reasons = patricia.page.get_by_role("radio")
    patricia.choose(reasons.first.evaluate("e => e.closest('label').innerText.trim()"))
    patricia.press(words("queue.closeButton"))
    patricia.sees(words("notice.closed"))
    staff.open_request(rosa, july[2])
    assert status(rosa) == words("status.closed")
    rosa.sees(words("step.closedUnfilled"))


def test_the_ladder_while_the_school_is_in_session(people, fresh_gateway):
    gateway = fresh_gateway().start()
    rosa = staff.come_back(people(gateway.url), ROSA)
    words = rosa.words
    number = staff.file_request(rosa, MARISOL, WESLACO)
    seen = []
    for _ in range(12):
        staff.open_request(rosa, number)
        seen.append(next_sentence(rosa))
        if "must have acted" in seen[-1]:
            break
        staff.move_clock(rosa, "day")
    assert "must have acted" in seen[-1], seen
    folded = rosa.page.locator("details")
    whole = " ".join(steps(rosa) + folded.all_text_contents())
    for step in ("reminderSent", "backupAsked", "districtTold", "stateTold"):
        assert words.start(f"step.{step}") in whole, (step, whole)
    assert clerk.the_mail(rosa, number, to="carla.benson@")["link"]
    assert clerk.the_mail(rosa, number, to="daniel.pruitt@")["text"]


def test_a_report_needs_five_students(people, rosa, gateway, july):
    rosa.go("/reports")
    rosa.sees(rosa.words("report.tooFew"))
    for student, school in ((JOSE, "Immokalee High School"), (YADIEL, "Agripina SEDA")):
        staff.file_request(rosa, student, school)
    phone = staff.come_back(people(gateway.url, width=PHONE, js=False, language="es"), ROSA)
    staff.speak(phone)
    words = phone.words
    phone.follow(words("door.reports"))
    phone.sees_heading("~" + words("report.title"))
    asked = phone.page.get_by_role("region", name=words("reportSide.asking"))
    assert "5" in asked.locator("dl.sum dd").first.inner_text()
    assert words("wait.notReached") in asked.inner_text()
    phone.select(words("report.firstMonth"), "enero de 2026")
    phone.select(words("report.lastMonth"), "marzo de 2026")
    phone.press(words("report.show"))
    phone.sees(words("report.nothing"))
    answer = phone.page.context.request.get(gateway.url + "/reports/report.csv")
    rows = answer.text().splitlines()
    assert rows[0].startswith("side,table,key") and rows[1].startswith('"asking","total","","","5"')
    assert not any(word in answer.text() for s in (JOSE, MARISOL) for word in s.secrets)
