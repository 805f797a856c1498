"""Queues are narrowed, ordered, taken away as a file and called about, with scripts and without."""
import csv
import io
import re

import pytest
from harness.browser import PHONE
from pages import staff
from pages.staff import ANA, EMILIANO, GRACE, MARISOL, PATRICIA, ROSA

WESLACO = "Weslaco East High School"


@pytest.fixture(scope="module")
def numbers(gateway, chromium):
    """Rosa has asked one school in Texas for two students."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = Person(page, faults, gateway.url)
        staff.come_back(rosa, ROSA)
        numbers = [staff.file_request(rosa, student, WESLACO) for student in (EMILIANO, MARISOL)]
        rosa.nothing_went_wrong()
    return numbers


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_state_contact_narrows_the_queue_and_widens_it_again(people, gateway, numbers, language):
    patricia = people(gateway.url, js=language == "en", width=PHONE, language=language)
    staff.come_back(patricia, PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all")
    patricia.sees(*numbers)
    patricia.open_details(words("queue.narrow"))
    patricia.select(words("queue.step"), words("queueStep.unopened"))
    patricia.select(words("queue.sort"), words("queueOrder.place"))
    patricia.press(words("search.button"))
    patricia.sees(*numbers)
    assert "step=unopened" in patricia.page.url and "sort=place" in patricia.page.url
    # What fits nothing says so, and one link leads back.
    patricia.select(words("queue.step"), words("queueStep.partlySent"))
    patricia.select(words("queue.band"), words("gradeBand.elementary"))
    patricia.press(words("search.button"))
    patricia.sees(words("queue.nothingFits"))
    patricia.sees_not(*numbers)
    patricia.follow(words("queue.showAll"))
    patricia.sees(*numbers)
    # What nobody offered narrows nothing.
    patricia.go("/queue?view=all&step=burnt&days=-4&band=x&side=y&sort=z")
    patricia.sees(*numbers)
    patricia.go("/queue?view=all&days=40")
    patricia.sees(words("queue.nothingFits"))


def test_whoever_asks_sees_what_its_schools_wait_for(people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all")
    patricia.open_details(words("queue.narrow"))
    patricia.select(words("queue.side"), words("queueSide.requesting"))
    patricia.press(words("search.button"))
    # What is chosen can be seen, and changed, without opening anything.
    assert patricia.page.get_by_label(words("queue.side"), exact=True).is_visible()
    # Rosa's school is in Washington.
    patricia.sees_not(*numbers)


def test_the_list_is_taken_away_as_a_file_without_a_student(people, gateway, numbers, tmp_path):
    patricia = staff.come_back(people(gateway.url), PATRICIA)
    words = patricia.words
    patricia.go(f"/queue?view=all&searchName={numbers[0]}")
    patricia.sees(numbers[0])
    patricia.sees_not(numbers[1])
    path = patricia.download(words("queue.file"), tmp_path / "queue.csv")
    text = path.read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["number"] for row in rows] == [numbers[0]]
    assert rows[0]["school"] == WESLACO and rows[0]["state"] == "TX"
    assert rows[0]["why"] and rows[0]["status"]
    for student in (EMILIANO, MARISOL):
        assert student.given not in text and student.paternal not in text
    # The whole list is the file's too, in the order of the page.
    patricia.go("/queue?view=all&sort=place")
    path = patricia.download(words("queue.file"), tmp_path / "all.csv")
    found = [row["number"] for row in csv.DictReader(io.StringIO(path.read_text()))]
    assert set(numbers) <= set(found) and len(found) == len(set(found))
    # Nobody else has it.
    rosa = staff.come_back(people(gateway.url), ROSA)
    assert rosa.page.request.get(f"{gateway.url}/queue/queue.csv").status == 403


def test_one_call_is_written_down_for_many_and_taking_them_is_undone(people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all")
    for number in numbers:
        patricia.choose(f"Select {number}")
    patricia.press(words("queue.callMany"))
    patricia.sees(words("bulk.would"), words("bulk.noted"), words("bulk.noteIsRead"), *numbers)
    patricia.fill(words("field.note.label"), "x" * 5_000)
    patricia.press(words("bulk.button"))
    assert patricia.page.title().startswith("Error: ")
    patricia.fill(words("field.note.label"), "They answer on Monday")
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.done"), words("bulk.noted"))
    # The same again in the same minutes is the same call.
    patricia.go("/queue?view=all")
    patricia.choose(f"Select {numbers[1]}")
    patricia.press(words("queue.callMany"))
    patricia.fill(words("field.note.label"), "They answer on Monday")
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.calledJustNow"))
    patricia.follow(numbers[1])
    patricia.sees("They answer on Monday")

    patricia.go("/queue?view=all&who=nobody")
    for number in numbers:
        patricia.choose(f"Select {number}")
    patricia.press(words("queue.assignMany"))
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.done"))
    patricia.press(words("bulk.giveBack"))
    patricia.sees(words("bulk.done"), words("bulk.goesToNobody"))
    patricia.go("/queue?view=all&who=nobody")
    patricia.sees(*numbers)


def test_one_tick_is_for_all_that_a_school_is_asked_and_the_list_stays(
        people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all&sort=place")
    call = patricia.page.get_by_role("link", name="(956)").first.get_attribute("href")
    assert call.startswith("tel:") and call.removeprefix("tel:").isdigit()
    whole = patricia.page.get_by_label(re.compile(rf"^All \d+ on this page of {WESLACO}$"))
    whole.check()
    # One of them is ticked a second time, and is still one.
    patricia.choose(f"Select {numbers[0]}")
    patricia.press(words("queue.callMany"))
    patricia.sees(words("bulk.would"), words("bulk.noted"), *numbers)
    patricia.fill(words("field.note.label"), "The office is back on Thursday")
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.done"), *numbers)
    back = patricia.page.locator("a.back").get_attribute("href")
    assert back == "/queue?view=all&sort=place"
    for number in numbers:
        patricia.go(f"/queue/{number}")
        patricia.sees("The office is back on Thursday")


def test_whoever_acts_in_the_middle_of_the_list_stays_there(people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    here = "/queue?view=all&after=0_0_" + "0" * 26
    patricia.go(here)
    patricia.sees(*numbers)
    patricia.choose(f"Select {numbers[0]}")
    patricia.press(words("queue.callMany"))
    assert patricia.page.locator("a.back").get_attribute("href") == here
    patricia.press(words("bulk.button"))
    assert patricia.page.locator("a.back").get_attribute("href") == here
    patricia.go(here)
    patricia.follow(numbers[0])
    assert patricia.page.locator("a.back").get_attribute("href") == here
    patricia.go(here)
    patricia.press("~" + words("queue.called"), within=f"~{numbers[0]}")
    assert here in patricia.page.url and "done=callLogged" in patricia.page.url


@pytest.mark.parametrize("foreign", ["https://evil.example/queue?view=all", "//evil.example/queue",
                                     "/queue/../audit", "/queue?view=all\n//evil.example"])
def test_no_form_leads_back_anywhere_but_to_the_queue(people, gateway, numbers, foreign):
    patricia = staff.come_back(people(gateway.url), PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all&sort=place")
    patricia.choose(f"Select {numbers[0]}")
    patricia.press(words("queue.callMany"))
    assert patricia.page.locator("a.back").get_attribute("href") == "/queue?view=all&sort=place"
    # A hidden field takes no line ends from a page, so the form has an area instead.
    patricia.page.evaluate("""said => {
        const field = document.querySelector("main form input[name=list]");
        const area = document.createElement("textarea");
        [area.name, area.value, area.hidden] = ["list", said, true];
        field.replaceWith(area);
    }""", foreign)
    patricia.press(words("bulk.button"))
    assert patricia.page.locator("a.back").get_attribute("href") == "/queue"


def test_a_clerk_orders_and_searches_what_waits(people, gateway, numbers):
    ana = staff.come_back(people(gateway.url, width=PHONE), ANA)
    words = ana.words
    ana.go("/answers")
    ana.sees(*numbers)
    ana.open_details(words("inbox.narrow"))
    ana.fill(words("queue.search"), numbers[1])
    ana.select(words("queue.sort"), words("queueOrder.next"))
    ana.press(words("search.button"))
    ana.sees(numbers[1])
    ana.sees_not(numbers[0])
    ana.fill(words("queue.search"), "no such school")
    ana.press(words("search.button"))
    ana.sees(words("queue.nothingFits"))
    ana.follow(words("queue.showAll"))
    ana.sees(*numbers)


@pytest.mark.parametrize("js", [True, False])
def test_a_registrar_finds_a_request_by_name_and_the_name_is_in_no_address(
        people, gateway, numbers, js):
    rosa = staff.come_back(people(gateway.url, js=js, width=PHONE), ROSA)
    words = rosa.words
    rosa.go("/requests")
    rosa.press(words("search.button"))
    rosa.sees_errors(words("trouble.searchMissing"))
    rosa.fill(words("field.requestSearch.label"), f"{MARISOL.paternal.lower()} {MARISOL.given}")
    rosa.press(words("search.button"))
    rosa.sees(numbers[1])
    rosa.sees_not(numbers[0])
    assert rosa.page.url.endswith("/requests/find")
    # In the other language it is a list again, and no page is missing.
    other = rosa.page.locator("a[hreflang=es]").first.get_attribute("href")
    assert other == "/requests?lang=es"
    rosa.fill(words("field.requestSearch.label"), "Nobodywhatsoever")
    rosa.press(words("search.button"))
    rosa.sees(words("requests.noneFound"))
    rosa.follow(words("requests.all"))
    rosa.sees(*numbers)
    rosa.follow("~" + words("tab.questions"))
    rosa.sees(words("requests.noneQuestions"))


def test_another_school_finds_nothing(people, gateway, numbers):
    grace = staff.come_back(people(gateway.url, js=False, width=PHONE), GRACE)
    words = grace.words
    for wanted in (MARISOL.given, numbers[1]):
        grace.go("/requests")
        grace.fill(words("field.requestSearch.label"), wanted)
        grace.press(words("search.button"))
        grace.sees(words("requests.noneFound"))
        grace.sees_not(numbers[1])
