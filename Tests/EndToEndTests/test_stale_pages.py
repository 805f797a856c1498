"""Pages that were true when they were opened: two tabs, two people, and somebody was faster."""
from harness.person import Person
from pages import staff
from pages.staff import status, steps
from test_answers_without_scripts import asked, types

FASTER = "error.conflict"


def tab(person):
    """The same browser's second tab."""
    page = person.page.context.new_page()
    person.faults.watch(page)
    return Person(page, person.faults, person.base, js=person.js, check=person.check)


def says_nothing_on_file(office):
    words = office.words
    office.choose(words("reason.destroyedUnderSchedule"))
    office.press(words("answer.sendAnswer"))


def test_a_second_tab_that_promises_after_the_first_said_no(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Pestana")
    words = office.words
    late = tab(office)
    late.go(office.page.url)
    late.follow(words("answer.later"))
    late.choose(words("hold.now"))
    types(late, "promise", 5, 26, 2026)
    office.follow(words("answer.none"))
    says_nothing_on_file(office)
    staff.open_request(rosa, number)
    before = status(rosa), steps(rosa)
    late.press(words("answer.sendAnswer"))
    assert words("outcome.promised", day="Tuesday, May 26") not in late.text()
    assert "409" not in late.text() and late.page.get_by_role("heading", level=1).count() == 1
    staff.open_request(rosa, number)
    assert (status(rosa), steps(rosa)) == before
    rosa.sees(words("reason.destroyedUnderSchedule"))


def test_the_same_no_sent_twice_is_one_no(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Repetida")
    words = office.words
    twice = tab(office)
    twice.go(office.page.url)
    office.follow(words("answer.none"))
    twice.follow(words("answer.none"))
    says_nothing_on_file(office)
    staff.open_request(rosa, number)
    before = status(rosa), steps(rosa)
    says_nothing_on_file(twice)
    staff.open_request(rosa, number)
    assert (status(rosa), steps(rosa)) == before


def test_a_clerk_who_answers_what_was_cancelled_meanwhile(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Retirada")
    words = office.words
    office.follow(words("answer.question"))
    office.fill(words("field.note.label"), "Which year was it?")
    staff.open_request(rosa, number)
    rosa.follow(words("action.cancel"))
    rosa.choose(words("reason.wrongSchool"))
    rosa.press(words("cancel.button"))
    rosa.sees(words("notice.cancelled"))
    before = status(rosa), steps(rosa)
    office.press(words("answer.sendAnswer"))
    assert words("outcome.questionAsked", requester="Davis High School") not in office.text()
    staff.open_request(rosa, number)
    assert (status(rosa), steps(rosa)) == before


def test_a_registrar_who_cancels_twice_from_two_tabs(people, gateway):
    rosa, _, number, _ = asked(people, gateway, "Doblada")
    words = rosa.words
    staff.open_request(rosa, number)
    rosa.follow(words("action.cancel"))
    late = tab(rosa)
    late.go(rosa.page.url)
    for one in (rosa, late):
        one.choose(words("reason.wrongSchool"))
    rosa.press(words("cancel.button"))
    rosa.sees(words("notice.cancelled"))
    before = steps(rosa)
    late.press(words("cancel.button"))
    late.sees(words(FASTER))
    staff.open_request(rosa, number)
    assert steps(rosa) == before


def test_an_answer_to_a_question_that_another_tab_answered(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Preguntada")
    words = office.words
    office.follow(words("answer.question"))
    office.fill(words("field.note.label"), "Which year was it?")
    office.press(words("answer.sendAnswer"))
    staff.open_request(rosa, number)
    late = tab(rosa)
    staff.open_request(late, number)
    for one, text in ((rosa, "2024."), (late, "2025.")):
        one.fill(words("field.note.label"), text)
    rosa.press(words("tracker.answerButton"))
    rosa.sees(words("notice.questionAnswered"))
    late.press(words("tracker.answerButton"))
    late.sees(words(FASTER))
    staff.open_request(rosa, number)
    rosa.sees("2024.")
    rosa.sees_not("2025.")
