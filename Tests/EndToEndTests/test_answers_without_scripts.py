"""Every answer that a clerk can give, in a browser that runs no scripts."""
import pytest
from pages import clerk, staff
from pages.clerk import Answer
from pages.staff import PATRICIA, ROSA, Student, Wizard, status, steps
from samples import pdf

WESLACO, DAVIS = "Weslaco East High School", "Davis High School"


def asked(people, gateway, given, width=390, grounds=()):
    """Rosa asks for somebody nobody knows; a clerk with a phone opens the link."""
    rosa, office = people(gateway.url), people(gateway.url, width=width, js=False)
    staff.come_back(rosa, ROSA)
    student = Student(given, "Sinletra", "Prueba", "2010-05-17", grade="grade.tenth")
    wizard = Wizard(rosa).begin().student(student)
    wizard.search(name="Weslaco East", state="Texas")
    number = wizard.place(WESLACO).purpose(grounds=grounds).send()
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    return rosa, office, number, mail


def types(office, field, month, day, year):
    for part, value in (("Month", month), ("Day", day), ("Year", year)):
        office.fill(office.words(f"field.{field}{part}.label"), str(value))


def none(office, words):
    office.follow(words("answer.none"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.reasonMissing"))
    office.choose(words("reason.neverEnrolled"))
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.noRecords", requester=DAVIS))


def moved(office, words):
    office.follow(words("answer.moved"))
    office.fill(words("field.searchName.label"), "Immokalee")
    office.select(words("search.state"), "Florida")
    office.press(words("search.button"))
    office.choose("~Immokalee High School")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.movedOnPerhaps", school="Immokalee High School", requester=DAVIS))


def promise(office, words):
    office.follow(words("answer.later"))
    office.choose(words("hold.now"))
    types(office, "promise", 5, 26, 2026)
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.promised", day="Tuesday, May 26"))


def ask(office, words):
    office.follow(words("answer.question"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.noteMissing"))
    office.fill(words("field.note.label"), "Which year was it?")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.questionAsked", requester=DAVIS))


def paper(office, words):
    office.follow(words("answer.paper"))
    types(office, "mailed", 5, 19, 2026)
    office.press(words("paper.button"))
    office.sees(words("outcome.paperMailed", day="Tuesday, May 19"))
    office.follow(words("coverSheet.open"))
    office.sees_heading(words("coverSheet.title"))


def away(office, words):
    office.follow(words("answer.away"))
    types(office, "back", 6, 8, 2026)
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.away", day="Monday, June 8"))


def enrolled(office, words):
    office.follow(words("answer.none"))
    office.choose(words("reason.stillEnrolledHere"))
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.askedFirst", requester=DAVIS))


def closed(office, words):
    office.follow(words("answer.none"))
    office.open_details(words("none.others"))
    office.choose(words("reason.schoolClosed"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.keeperMissing"))
    office.select(words("field.keptBy.label"), words("keeper.elsewhere"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.noteMissing"))
    office.fill(words("field.note.label"), "The county archive.")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.noRecords", requester=DAVIS))


@pytest.mark.parametrize("say", [none, moved, promise, ask, paper, away, enrolled, closed],
                         ids=lambda say: say.__name__)
def test_it_is_said_without_scripts(people, gateway, say):
    _, office, _, _ = asked(people, gateway, say.__name__.capitalize())
    say(office, office.words)


def test_who_cannot_tell_which_student_it_is_asks_first(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Confundida")
    words = office.words
    office.follow(words("answer.none"))
    office.choose(words("reason.cannotIdentify"))
    office.fill(words("field.note.label"), "Two girls of that name.")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.askedFirst", requester=DAVIS))
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.questionForYou")
    rosa.sees(words("askedAbout.cannotIdentify"), "Two girls of that name.")
    rosa.fill(words("field.note.label"), "Her mother is Ana.")
    rosa.press(words("tracker.answerButton"))
    rosa.sees(words("notice.questionAnswered"))
    mail = clerk.the_mail(office, number, to="ana.trevino@",
                          subject=words("update.questionAnswered"))
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    office.sees("Her mother is Ana.")
    # Said once more it is a no.
    office.follow(words("answer.none"))
    office.choose(words("reason.cannotIdentify"))
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.noRecords", requester=DAVIS))
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.findingTheSchool")


def test_fees_hold_back_nothing_of_a_child_without_a_home(people, gateway):
    rosa, office, _, _ = asked(people, gateway, "Mudanza", grounds=("homeless",))
    words = office.words
    office.follow(words("answer.none"))
    office.open_details(words("none.others"))
    office.choose(words("reason.feesOwed"))
    office.fill(words("field.note.label"), "Two library books.")
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.feesHoldNothing"))
    assert office.page.get_by_label(words("field.note.label")).input_value() == "Two library books."


def test_a_missing_child_is_reported_and_looks_like_never_enrolled(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Ausencia")
    words = office.words
    office.follow(words("answer.none"))
    office.open_details(words("none.others"))
    office.sees(words("none.concealed"))
    office.choose(words("reason.missingChild"))
    office.fill(words("field.note.label"), "Call the county office.")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.noRecords", requester=DAVIS))
    staff.open_request(rosa, number)
    rosa.sees(words("reason.neverEnrolled"))
    rosa.sees_not(words("reason.missingChild"), "Call the county office.")


def test_the_rest_will_not_come_and_nothing_is_uploaded_for_it(people, gateway, tmp_path):
    rosa, office, number, mail = asked(people, gateway, "Resta")
    words = office.words
    answer = Answer(office).attach(pdf(tmp_path / "transcript.pdf"))
    answer.part("immunization", "toFollow").say(complete=False).send().receipt()
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    office.follow(words("none.restLink"))
    office.sees_heading("~" + words("none.restTitle"))
    office.sees_not(words("none.others"), words("reason.neverEnrolled"))
    office.choose(words("reason.feesOwed"))
    office.fill(words("field.note.label"), "Two library books.")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.restNotComing", requester=DAVIS))
    staff.open_request(rosa, number)
    rosa.sees(words("step.restNotComing", organization=WESLACO), "Two library books.")
    assert status(rosa) == words("status.recordsReady")


def test_not_me_and_the_state_fills_in_whom_they_name(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Ajena")
    words = office.words
    office.follow(words("link.notMe"))
    office.fill(words("field.name.label"), "Rita Registro")
    office.fill(words("field.email.label"), "rita.registro@weslaco-east.example")
    office.fill(words("field.note.label"), "She has Room 4 now.")
    office.press(words("notMe.button"))
    office.sees(words("outcome.wrongPerson"))
    patricia = staff.come_back(people(gateway.url, js=False), PATRICIA)
    patricia.go(f"/queue/{number}")
    patricia.sees(words("suggested.title"), "Rita Registro", "She has Room 4 now.")
    patricia.follow("~" + words("suggested.take"))
    field = patricia.page.get_by_label(words("field.email.label"), exact=True)
    assert field.input_value() == "rita.registro@weslaco-east.example"
    patricia.page.goto(gateway.url + "/demo/mail")
    assert "rita.registro@" not in patricia.text()
    staff.open_request(rosa, number)
    assert any(step.startswith(words.start("step.wrongContact")) for step in steps(rosa))
    rosa.sees_not("Rita Registro", "Room 4")


def test_what_is_said_to_the_state_contact_alone(people, gateway):
    rosa, office, number, _ = asked(people, gateway, "Protegida")
    words = office.words
    said = words("reason.protectiveOrder")
    office.follow(words("answer.none"))
    office.open_details(words("none.others"))
    office.choose(said)
    office.fill(words("field.note.label"), "Call our office first.")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.noRecords", requester=DAVIS))
    patricia = staff.come_back(people(gateway.url, js=False), PATRICIA)
    patricia.go(f"/queue/{number}")
    patricia.sees(words("queue.saidAlone"), said, "Call our office first.")
    staff.open_request(rosa, number)
    rosa.sees(words("reason.neverEnrolled"))
    rosa.sees_not("Call our office first.", said, words("queue.saidAlone"))
