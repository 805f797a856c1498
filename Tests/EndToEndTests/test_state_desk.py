"""A state's contacts take requests, and agree to where a school says it answers."""
import re
import pytest
from harness.browser import PHONE
from pages import staff
from pages.staff import EMILIANO, MARISOL, PATRICIA, ROSA

WESLACO = "Weslaco East High School"


@pytest.fixture(scope="module")
def numbers(gateway, chromium):
    """Rosa has asked one school for two students."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = Person(page, faults, gateway.url)
        staff.come_back(rosa, ROSA)
        numbers = [staff.file_request(rosa, student, WESLACO) for student in (EMILIANO, MARISOL)]
        rosa.nothing_went_wrong()
    return numbers


def test_a_state_contact_takes_many_requests_at_once_and_gives_one_back(
        people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all&who=me")
    # Others wait all the same, so it is not said that nobody does.
    patricia.sees(words("queue.nothingFits"))
    patricia.sees_not(words("queue.nothing"))
    patricia.go("/queue?view=all&who=nobody")
    for number in numbers:
        patricia.choose(f"Select {number}")
    patricia.press(words("queue.assignMany"))
    patricia.sees(words("bulk.whoHas"), words("bulk.isNobodys"), *numbers)
    patricia.sees_not(words("bulk.would"))
    # Nothing is done yet, and "me" is what is chosen.
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.done"), *numbers)
    patricia.go("/queue?view=all&who=me")
    patricia.sees(*numbers)
    patricia.sees_row(numbers[0], "(you)")
    patricia.follow(numbers[0])
    patricia.sees("(you)")
    patricia.press(words("queue.assignOne"))
    patricia.choose(words("queuePerson.nobody"))
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.goesToNobody"))
    patricia.go("/queue?view=all&who=me")
    patricia.sees(numbers[1])
    patricia.sees_not(numbers[0])
    # A view of one's own remembers it.
    patricia.page.locator("summary", has_text=words("queue.ownViews")).click()
    patricia.fill(words("field.viewName.label"), "What I took")
    patricia.press(words("queue.saveView"))
    patricia.follow("What I took (1)")
    patricia.sees(numbers[1])
    patricia.sees_not(numbers[0])


def test_what_changed_hands_between_look_and_deed_is_left_alone(people, gateway, numbers):
    def look(person):
        person.go("/queue?view=all")
        for number in numbers:
            person.choose(f"Select {number}")
        person.press(person.words("queue.assignMany"))

    here, there = [staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
                   for _ in range(2)]
    words = here.words
    look(here)
    here.sees(words("bulk.isNobodys"))
    # Elsewhere the first one is taken meanwhile.
    there.go("/queue?view=all")
    there.choose(f"Select {numbers[0]}")
    there.press(words("queue.assignMany"))
    there.press(words("bulk.button"))
    there.sees(words("bulk.done"))
    here.choose(words("queuePerson.nobody"))
    here.press(words("bulk.button"))
    here.sees(words("bulk.takenSince", name="Patricia Holloway"))
    here.sees(words("bulk.done"), words("bulk.goesToNobody"))
    here.go("/queue?view=all&who=me")
    here.sees(numbers[0])
    here.sees_not(numbers[1])


def test_whoever_nobody_knows_filters_nothing(people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    patricia.go("/queue?view=all&who=00000000000000000000000001")
    patricia.sees(*numbers)
    assert patricia.page.locator("select[name=who]").input_value() == ""


def the_claim(person):
    """Path and code of the newest mail that asks a mailbox about itself."""
    row = person.page.get_by_role("row").filter(has_text="right person for student records")
    staff.wait_for(person, "/demo/mail", row.count, "the mail about a mailbox")
    row.first.get_by_role("link").click()
    mail = person.page.locator("pre.mail").inner_text()
    return re.search(r"/c/[0-9a-z]+", mail)[0], re.search(r"Code\s+([A-Z]{6})", mail)[1]


def test_a_school_says_where_it_answers_and_the_state_contact_agrees(people, gateway, numbers):
    somebody = people(gateway.url, js=False, width=PHONE)
    words = somebody.words
    somebody.go("/")
    somebody.follow(words("claim.title"))
    somebody.fill(words("field.searchName.label"), "Weslaco East")
    somebody.press(words("search.button"))
    somebody.follow(WESLACO)
    # All that is wrong at once, and nothing typed is lost.
    somebody.fill(words("field.email.label"), "nobody")
    somebody.fill(words("field.phone.label"), "12")
    somebody.press(words("claim.button"))
    somebody.sees_errors(words("trouble.nameMissing"), words("trouble.emailMalformed"),
                         words("trouble.phoneMalformed"))
    somebody.fill(words("field.name.label"), "Marta Mora")
    somebody.fill(words("field.email.label"), "marta.mora@weslaco-east.example")
    somebody.fill(words("field.phone.label"), "(956) 555-0177")
    somebody.press(words("claim.button"))
    somebody.sees_heading(words("claim.sentTitle"))
    path, code = the_claim(somebody)

    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    patricia.go("/contacts")
    patricia.sees_not("marta.mora@weslaco-east.example")

    owner = people(gateway.url, js=False, width=PHONE, language="es")
    owner.go(path)
    owner.sees_heading("~" + owner.words("mailbox.title"))
    owner.fill(owner.words("field.linkCode.label"), code)
    owner.press(owner.words("mailbox.button"))
    owner.sees(owner.words("notice.claimConfirmed"))

    patricia.go("/contacts/school:484496008851")
    patricia.sees_not("marta.mora@weslaco-east.example")
    patricia.go("/contacts")
    patricia.sees(words("claim.waiting"), "marta.mora@weslaco-east.example",
                  words("claim.known"))
    patricia.press("~" + words("claim.approve") + " Marta Mora")
    patricia.sees(words("notice.claimApproved"))
    told = somebody.page.get_by_role("row").filter(
        has_text="come to you from now on")
    staff.wait_for(somebody, "/demo/mail", told.count, "the decision")
    said = somebody.page.get_by_role("row").filter(has_text="Somebody says to be the records")
    assert said.count()
    patricia.sees_not(words("claim.waiting"))
    patricia.go("/contacts/school:484496008851")
    patricia.sees("marta.mora@weslaco-east.example")


def test_a_school_is_given_time_until_another_day(people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go(f"/queue/{numbers[1]}")
    patricia.follow(words("queue.extend"))
    # All that is wrong at once, and what was typed is kept.
    patricia.fill(words("field.extendedMonth.label"), "5")
    patricia.fill(words("field.extendedDay.label"), "1")
    patricia.fill(words("field.extendedYear.label"), "2026")
    patricia.press(words("extend.button"))
    patricia.sees_errors(words("trouble.promiseInPast"), words("trouble.noteMissing"))
    patricia.fill(words("field.extendedDay.label"), "20")
    patricia.fill(words("field.extensionReason.label"), "The registrar is ill.")
    patricia.press(words("extend.button"))
    patricia.sees(words("notice.extended"), "The registrar is ill.")
    # Another day takes its place.
    patricia.follow(words("queue.extend"))
    patricia.fill(words("field.extendedMonth.label"), "5")
    patricia.fill(words("field.extendedDay.label"), "21")
    patricia.fill(words("field.extendedYear.label"), "2026")
    patricia.fill(words("field.extensionReason.label"), "And so is the secretary.")
    patricia.press(words("extend.button"))
    patricia.sees(words("notice.extended"), "And so is the secretary.")
    rosa = staff.come_back(people(gateway.url, js=False), ROSA)
    staff.open_request(rosa, numbers[1])
    rosa.sees("And so is the secretary.")


def test_an_address_that_was_found_gets_the_request_at_once(people, gateway, numbers):
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    patricia.go("/queue?view=all")
    patricia.follow(numbers[1])
    patricia.follow(words("findContact.title"))
    patricia.sees_heading("~" + words("findContact.title"))
    patricia.fill(words("field.email.label"), "nobody")
    patricia.press(words("findContact.button"))
    patricia.sees_errors(words("trouble.nameMissing"), words("trouble.emailMalformed"))
    patricia.fill(words("field.name.label"), "Nora Hallada")
    patricia.fill(words("field.email.label"), "nora.hallada@weslaco-east.example")
    patricia.press(words("findContact.button"))
    patricia.sees(words("notice.contactFound"), "nora.hallada@weslaco-east.example")
    # Who calls from the row goes back to the list that it was opened from.
    patricia.go("/queue?view=all&sort=place")
    patricia.follow(numbers[1])
    patricia.press(words("queue.callButton"))
    patricia.sees(words("notice.callLogged"))
    assert "sort=place" in patricia.page.url and "/queue?" in patricia.page.url
