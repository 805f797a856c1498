"""What a holder can say besides sending records."""
import urllib.error, urllib.request
import pytest
from playwright.sync_api import expect
from pages import clerk, staff
from pages.clerk import Answer
from pages.staff import (EMILIANO, ITZEL, JOSE, MARISOL, ROSA, XOCHITL, YADIEL, Wizard,
                         next_sentence, status, steps)

WESLACO, IMMOKALEE = "Weslaco East High School", "Immokalee High School"


@pytest.fixture
def asked(people, gateway):
    """Files a request as Rosa and opens the link of its mail; everybody stands where they are."""
    def ask(student, school, to, message=""):
        rosa, office = people(gateway.url), people(gateway.url)
        staff.come_back(rosa, ROSA)
        number = staff.file_request(rosa, student, school, message=message)
        mail = clerk.the_mail(office, number, to=to)
        office.go(mail["link"])
        clerk.enter_code(office, mail["code"])
        return rosa, office, number, mail
    return ask


def test_no_records(asked):
    rosa, office, number, _ = asked(MARISOL, WESLACO, "ana.trevino@")
    words = office.words
    office.follow(words("answer.none"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.reasonMissing"))
    office.choose(words("reason.neverEnrolled"))
    office.fill(words("field.note.label"), "We looked under both last names.")
    office.press(words("answer.sendAnswer"))
    office.sees_heading(words("done.title"))
    office.sees(words("outcome.noRecords", requester="Davis High School"))
    staff.open_request(rosa, number)
    rosa.sees(words("step.notFilled", organization=WESLACO), "We looked under both last names.")
    news = clerk.the_mail(rosa, number, to="rosa.delgado@", subject="has no records")
    assert "We looked" not in news["text"]


def test_moved_on_opens_the_next_inquiry(asked):
    rosa, office, number, _ = asked(JOSE, IMMOKALEE, "marie.baptiste@")
    words = office.words
    office.follow(words("answer.moved"))
    office.fill(words("field.searchName.label"), "Weslaco East")
    office.select(words("search.state"), "Texas")
    office.press(words("search.button"))
    office.choose("~Weslaco East High School")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.movedOn", school=WESLACO))
    next_mail = clerk.the_mail(office, number, to="ana.trevino@")
    assert next_mail["link"]
    staff.open_request(rosa, number)
    rosa.sees(words("step.movedOn", school=WESLACO),
              words("step.mailArrived", organization=WESLACO))
    assert status(rosa) == words("status.withTheSchool")


def test_more_time_and_then_the_records(asked, tmp_path):
    from samples import pdf
    rosa, office, number, mail = asked(EMILIANO, WESLACO, "ana.trevino@")
    words = office.words
    office.follow(words("answer.later"))
    office.choose(words("hold.now"))
    for field, value in (("promiseMonth", "5"), ("promiseDay", "17"), ("promiseYear", "2026")):
        office.fill(words(f"field.{field}.label"), value)
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.promiseInPast"))
    office.fill(words("field.promiseDay.label"), "26")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.promised", day="Tuesday, May 26"))
    staff.open_request(rosa, number)
    assert next_sentence(rosa).endswith(words("next.promised", holder=WESLACO, day="Tuesday, May 26"))
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.recordsReady")


def test_a_question_is_asked_and_answered(asked):
    rosa, office, number, _ = asked(XOCHITL, WESLACO, "ana.trevino@")
    words = office.words
    office.follow(words("answer.question"))
    office.fill(words("field.note.label"), "Did she use her mother's name?")
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.questionAsked", requester="Davis High School"))
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.questionForYou")
    rosa.sees("Did she use her mother's name?")
    rosa.fill(words("field.note.label"), "Yes, Tecuapa.")
    rosa.press(words("tracker.answerButton"))
    rosa.sees(words("notice.questionAnswered"))
    assert status(rosa) == words("status.withTheSchool")
    mail = clerk.the_mail(office, number, to="ana.trevino@",
                          subject=words("update.questionAnswered"))
    assert "Tecuapa" not in mail["text"]
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    office.sees("Yes, Tecuapa.")


def test_not_me_kills_the_link_and_somebody_else_is_asked(asked, people, gateway):
    rosa, office, number, mail = asked(YADIEL, "Agripina SEDA", "carmen.rivera@")
    words = office.words
    office.follow(words("link.notMe"))
    office.fill(words("field.name.label"), "Somebody Else")
    office.press(words("notMe.button"))
    office.sees(words("outcome.wrongPerson"))
    later = people(gateway.url)
    later.go(mail["link"])
    later.sees_heading(words("dead.title"))
    later.sees(words("obstacle.revoked"))
    assert not any(secret in later.text() for secret in YADIEL.secrets)
    staff.open_request(rosa, number)
    assert any(step.startswith(words.start("step.wrongContact")) for step in steps(rosa))


def test_a_part_first_and_the_rest_later(people, gateway, tmp_path):
    from samples import pdf, photo
    rosa, office = people(gateway.url), people(gateway.url)
    words = office.words
    staff.come_back(rosa, staff.GRACE)
    number = staff.file_request(rosa, MARISOL, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    answer = Answer(office).attach(pdf(tmp_path / "transcript.pdf"))
    answer.part("immunization", "toFollow").say(complete=False).send().receipt()
    office.sees(words("receipt.partial"))
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.partlyAnswered")
    clerk.answer_with(office, mail, [photo(tmp_path / "vacunas.png")])
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: rosa.page.get_by_role("link", name=words("records.sealed")).count() == 2,
                   "both bundles")
    rosa.sees(words("wholeness.partial"), words("wholeness.unsaid"))
    # It may have followed with the photo; nobody said so.
    staff.open_request(rosa, number)
    row = rosa.page.locator("dl.sum > div").filter(has_text=words("part.immunization"))
    expect(row).to_contain_text(words("standing.unsaid"))


def test_a_part_is_passed_to_the_nurse_who_answers_for_it_alone(people, gateway, tmp_path):
    from samples import pdf, photo
    grace, office = people(gateway.url), people(gateway.url, js=False)
    words = office.words
    staff.come_back(grace, staff.GRACE)
    number = staff.file_request(grace, EMILIANO, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    answer = Answer(office).attach(pdf(tmp_path / "transcript.pdf"))
    answer.part("immunization", "colleague")
    office.fill(words("field.colleagueEmail.label"), "nurse@elsewhere.example")
    office.fill(words("field.name.label"), "Ana Treviño")
    answer.send()
    office.sees_errors(words("trouble.colleagueNameMissing"),
                       words("trouble.colleagueElsewhere", endings="@weslaco-east.example, @weslaco-schools.example"))
    answer = Answer(office).attach(pdf(tmp_path / "transcript.pdf"))
    office.fill(words("field.colleagueName.label"), "Nora Salud")
    office.fill(words("field.colleagueEmail.label"), "nora.salud@weslaco-east.example")
    answer.send().receipt()
    office.sees(words("receipt.partial"))

    nurse = people(gateway.url, width=390, js=False)
    passed = clerk.the_mail(nurse, number, to="nora.salud@")
    assert "Ana Treviño" in passed["text"] and "Emiliano" not in passed["text"]
    nurse.go(passed["link"])
    clerk.enter_code(nurse, passed["code"])
    nurse.sees(words("answer.inPart"), words("part.immunization"))
    nurse.sees_not(words("part.transcript"), words("answer.none"), words("complete.yes"))
    mine = Answer(nurse).attach(photo(tmp_path / "vacunas.png"))
    nurse.fill(words("field.name.label"), "Nora Salud")
    mine.send().receipt()

    staff.open_request(grace, number)
    grace.sees(words("step.passedOn", organization=WESLACO))


def test_somebody_signed_in_answers_from_the_inbox(people, gateway, tmp_path):
    from samples import pdf
    grace, ana = people(gateway.url), people(gateway.url)
    words = ana.words
    staff.come_back(grace, staff.GRACE)
    number = staff.file_request(grace, XOCHITL, WESLACO)
    staff.come_back(ana, staff.ANA)
    # What the school prints on its transcripts is entered once and travels with each answer.
    ana.go("/contacts/school:484496008851")
    ana.follow(words("legend.title"))
    ana.fill(words("field.transcriptLegend.label"), "A 90-100\nSealed <b>is</b> official")
    ana.press(words("legend.save"))
    ana.sees(words("notice.legendSaved"))
    ana.go("/answers")
    ana.follow(number)
    answer = Answer(ana).attach(pdf(tmp_path / "transcript.pdf"))
    ana.choose(words("complete.yes"))
    answer.send().receipt()
    staff.wait_for(grace, f"/requests/{number}/records",
                   lambda: words("records.sealed") in grace.text(), "the bundle")
    grace.sees("signed in. Not an official certification.")
    grace.sees(words("records.legend"), "A 90-100 · Sealed <b>is</b> official")
    grace.go(f"/requests/{number}/record")
    grace.sees("A 90-100 · Sealed <b>is</b> official")


def test_nobody_there_and_then_papers_by_post(people, gateway, tmp_path):
    import zxingcpp
    from PIL import Image
    rosa, office = people(gateway.url, language="es"), people(gateway.url)
    staff.come_back(rosa, ROSA)
    wizard = Wizard(rosa).begin().student(ITZEL)
    wizard.search(name="Weslaco East", state="Texas")
    wizard.place("Weslaco East High School").purpose()
    number = wizard.send()
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    words = office.words

    office.follow(words("answer.away"))
    office.sees_not(ITZEL.paternal)
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.backMissing"))
    types_day(office, "back", 6, 8, 2027)
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.dayTooFar", latest="Tuesday, September 15"))
    types_day(office, "back", 6, 8, 2026)
    office.press(words("answer.sendAnswer"))
    office.sees(words("outcome.away", day="Monday, June 8"))
    assert clerk.the_mail(office, number, to="carla.benson@")["link"]

    office.go(f"{mail['link']}")
    clerk.enter_code(office, mail["code"])
    office.follow(words("answer.paper"))
    types_day(office, "mailed", 2, 30, 2026)
    office.press(words("paper.button"))
    office.sees_errors(words("trouble.mailedImpossible"))
    types_day(office, "mailed", 5, 19, 2026)
    office.press(words("paper.button"))
    office.sees(words("outcome.paperMailed", day="Tuesday, May 19"))
    office.follow(words("coverSheet.open"))
    office.sees_heading(words("coverSheet.title"))
    office.sees("Davis High School", WESLACO, number)
    assert not any(secret in office.text() for secret in ITZEL.secrets)
    # A scanner reads the number from the paper.
    office.page.emulate_media(media="print")
    office.page.screenshot(path=tmp_path / "cover.png", full_page=True)
    read = zxingcpp.read_barcodes(Image.open(tmp_path / "cover.png"))
    assert [code.text for code in read] == [number]

    staff.open_request(rosa, number)
    rosa.sees(rosa.words("step.paperMailed", day="martes 19 de mayo"))
    news = clerk.the_mail(office, number, to="rosa.delgado@", subject="on paper")
    assert news["link"] is None


def types_day(person, field, month, day, year):
    for part, value in (("Month", month), ("Day", day), ("Year", year)):
        person.fill(person.words(f"field.{field}{part}.label"), str(value))
