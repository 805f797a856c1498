"""Another student's records: stopped by whoever sent them, after everybody thought it was over."""
import os
from harness.browser import PHONE
from pages import clerk, staff
from pages.staff import EMILIANO, MARISOL, ROSA, XOCHITL
from samples import pdf

WESLACO = "Weslaco East High School"


def test_the_wrong_students_records_are_stopped_after_the_end(people, gateway, tmp_path):
    rosa = people(gateway.url)
    office = people(gateway.url, width=PHONE, js=False)
    words = rosa.words
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, MARISOL, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.open_request(rosa, number)
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: words("records.sealed") in rosa.text(), "the sealed bundle")
    rosa.download(words("records.everything"), tmp_path / "all.zip")
    rosa.page.goto(gateway.url + f"/requests/{number}/records")
    everything = rosa.page.get_by_role("link", name=words("records.everything")).get_attribute("href")
    rosa.press(words("action.accept"))
    rosa.sees(words("notice.accepted"))

    # The clerk goes back to the old mail. The link is closed, and opens for this alone.
    office.go(mail["link"])
    office.sees_heading(words("dead.title"))
    office.follow(words("recall.link"))
    clerk.enter_code(office, mail["code"])
    office.sees_heading("~" + words("recall.title"))
    office.sees(words("recall.count", openings=1))
    assert "Rosa Delgado" not in office.text()
    assert not any(secret in office.text() for secret in MARISOL.secrets + [MARISOL.given])
    look(office, "recall-before")
    office.fill(words("field.note.label"), "Her cousin has the same name.")
    office.press(words("recall.button"))
    office.sees(words("recall.stopped"))
    look(office, "recall-after")

    # Nobody opens it any more, and the page says why.
    answer = rosa.page.request.get(gateway.url + everything)
    assert answer.status == 410 and words("error.recalled") in answer.text()
    rosa.go(f"/requests/{number}")
    assert staff.status(rosa) == words("status.received")
    rosa.sees(words("step.recalled"), "Her cousin has the same name.")
    rosa.follow(words("recall.wasStopped", sequence=1))
    rosa.sees_row("Rosa Delgado", "Davis High School", words("taken.everything"),
                  words("destroyed.notYet"))
    look(rosa, "recalled")

    # The mails: number and link, and nobody's name but the reader's.
    told = clerk.the_mail(rosa, number, to="rosa.delgado@", subject=words("recallErrand.destroy"))
    assert f"/requests/{number}/bundles/" in told["text"] and "/recall" in told["text"]
    district = clerk.the_mail(rosa, number, to="weslaco", subject=words("recallErrand.district"))
    for text in (told["text"], district["text"]):
        assert not any(secret in text for secret in MARISOL.secrets + [MARISOL.given, "cousin"])
    assert "Rosa" not in district["text"]

    rosa.go(f"/requests/{number}")
    rosa.follow(words("recall.wasStopped", sequence=1))
    rosa.press(words("recall.destroyOwn"))
    rosa.sees(words("notice.destructionSaid"),
              words("recall.allDestroyed", requester="Davis High School"))
    rosa.sees_not(words("recall.destroyOwn"))
    office.nothing_went_wrong()


def test_a_corrected_answer_marks_the_old_one_and_tells_whoever_has_it(people, gateway, tmp_path):
    rosa = people(gateway.url)
    office = people(gateway.url, width=PHONE, js=False)
    words = rosa.words
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, EMILIANO, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: words("records.sealed") in rosa.text(), "the sealed bundle")
    rosa.download(words("records.everything"), tmp_path / "first.zip")

    # The clerk goes back to the same mail and says what the new file is for. As long as the request
    # is open, the way to a correction after the end leads to the answer page.
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    answer_page = office.page.url
    office.page.goto(answer_page.split("/records")[0] + "/correct")
    assert office.page.url.endswith("/records")
    look(office, "corrects")
    office.page.get_by_role("group", name=words("answer.corrects")).get_by_role("checkbox").check()
    clerk.Answer(office).attach(pdf(tmp_path / "corrected.pdf")).say().send().receipt()

    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: words("records.corrected") in rosa.text(), "the mark on the old answer")
    look(rosa, "corrected")
    told = clerk.the_mail(rosa, number, to="rosa.delgado@", subject="corrected")
    assert not any(secret in told["text"] for secret in EMILIANO.secrets + [EMILIANO.given])
    rosa.go(f"/requests/{number}")
    rosa.sees(words("step.replaced"))
    office.nothing_went_wrong()


def test_the_mailed_link_corrects_after_the_end_and_shows_no_student(people, gateway, tmp_path):
    rosa = people(gateway.url)
    office = people(gateway.url, width=PHONE, js=False, language="es")
    words = rosa.words
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, XOCHITL, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.open_request(rosa, number)
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: words("records.sealed") in rosa.text(), "the sealed bundle")
    rosa.download(words("records.everything"), tmp_path / "all.zip")
    rosa.page.goto(gateway.url + f"/requests/{number}/records")
    rosa.press(words("action.accept"))
    rosa.sees(words("notice.accepted"))

    say = office.words
    office.go(mail["link"])
    office.sees_heading(say("dead.title"))
    office.follow(say("correct.link"))
    clerk.enter_code(office, mail["code"])
    office.sees_heading("~" + say("correct.title"))
    secrets = XOCHITL.secrets + [XOCHITL.given, "transcript.pdf"]
    assert not any(secret in office.text() for secret in secrets)
    look(office, "correct")
    # Everything that is wrong at once, and nothing that was typed is lost.
    office.fill(say("field.note.label"), "The year of algebra was wrong.")
    office.press(say("correct.button"))
    office.sees_errors(say("trouble.correctionMissing"), say("trouble.missing"))
    assert office.page.get_by_label(say("field.note.label")).input_value() \
        == "The year of algebra was wrong."
    look(office, "correct-wrong")
    office.attach(say("field.files.label"), pdf(tmp_path / "corrected.pdf"))
    office.fill(say("field.name.label"), "Ana Treviño")
    office.press(say("correct.button"))
    office.sees_heading("~" + say("done.title"))
    office.sees(say("outcome.corrected", requester="Davis High School"), say("receipt.number"))
    # Loading the page again sends nothing again.
    assert "/correct?sent=" in office.page.url
    office.page.reload()
    office.sees(say("outcome.corrected", requester="Davis High School"))
    assert not any(secret in office.text() for secret in secrets)
    look(office, "correct-done")

    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: words("records.corrected") in rosa.text(), "the mark on the old answer")
    told = clerk.the_mail(rosa, number, to="rosa.delgado@", subject="corrected")
    assert not any(secret in told["text"] for secret in secrets)
    rosa.go(f"/requests/{number}")
    assert staff.status(rosa) == words("status.received")

    # Once is enough: what was corrected is offered no more, and what took its place is.
    office.go(mail["link"])
    office.follow(say("correct.link"))
    clerk.enter_code(office, mail["code"])
    assert office.page.get_by_role("radio").count() == 1


def look(person, name):
    """A picture for whoever wants one: set LOOK to a folder."""
    if folder := os.environ.get("LOOK"):
        person.page.screenshot(path=f"{folder}/{name}.png", full_page=True)
