"""What becomes of a request besides being answered at once: held, stopped, late, asked again."""
import subprocess
import pytest
from harness.mail import Mailbox
from pages import clerk, staff
from pages.clerk import Answer
from pages.staff import (EMILIANO, FLORIDA, GRACE, JOSE, MARISOL, ROSA, XOCHITL, YADIEL,
                         next_sentence, status, steps)
from samples import pdf

WESLACO, IMMOKALEE = "Weslaco East High School", "Immokalee High School"


@pytest.fixture
def asked(people, gateway):
    """Files a request as a registrar, and stands behind the link of its mail."""
    def ask(student, school=WESLACO, to="ana.trevino@", registrar=ROSA):
        rosa, office = people(gateway.url), people(gateway.url)
        staff.come_back(rosa, registrar)
        number = staff.file_request(rosa, student, school)
        mail = clerk.the_mail(office, number, to=to)
        office.go(mail["link"])
        clerk.enter_code(office, mail["code"])
        return rosa, office, number, mail
    return ask


def cancel(rosa, number):
    words = rosa.words
    staff.open_request(rosa, number)
    rosa.follow(words("action.cancel"))
    rosa.press(words("cancel.button"))
    rosa.sees_errors(words("trouble.reasonMissing"))
    rosa.choose(words("reason.notEnrollingHere"))
    rosa.press(words("cancel.button"))


def hold(office, code="afterGradesPosted", until=()):
    """`until`: month, day and year, where the office knows them."""
    words = office.words
    office.follow(words("answer.later"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.waitsMissing"))
    office.choose(words(f"hold.{code}"))
    for field, value in zip(("promiseMonth", "promiseDay", "promiseYear"), until):
        office.fill(words(f"field.{field}.label"), value)
    office.press(words("answer.sendAnswer"))


def test_a_hold_and_a_cancellation_that_the_school_confirms(asked):
    rosa, office, number, mail = asked(MARISOL)
    words = office.words
    hold(office, until=("5", "26", "2026"))
    office.sees(words.start("outcome.onHold"))
    staff.open_request(rosa, number)
    rosa.sees(words("step.heldUntil", day="Tuesday, May 26"),
              words("stepDetail.waitsFor", condition=words("hold.afterGradesPosted")))
    assert "waits for something first" in next_sentence(rosa)
    # Nobody promised the records for that day.
    rosa.sees(words("step.willAskAgain", organization=WESLACO))
    rosa.sees_not(words("step.willComeDue", organization=WESLACO))
    cancel(rosa, number)
    rosa.sees(words("notice.cancelAsked"))
    staff.open_request(rosa, number)
    assert "If they say nothing, it ends on" in next_sentence(rosa)
    assert status(rosa) != words("status.closed")
    asks = clerk.the_mail(office, number, to="ana.trevino@", subject=words("update.cancelAsked"))
    office.go(asks["link"])
    clerk.enter_code(office, asks["code"])
    office.sees(words("answer.cancelTitle"))
    office.sees_not(words("answer.later"), words("answer.question"))
    office.press(words("answer.confirmCancel"))
    office.sees(words("outcome.cancelConfirmed", requester="Davis High School"))
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.closed")
    office.go(mail["link"])
    office.sees(words("obstacle.closed"))
    assert not any(secret in office.text() for secret in MARISOL.secrets)


def test_records_overrule_a_cancellation(asked, tmp_path):
    rosa, office, number, _ = asked(EMILIANO)
    words = office.words
    hold(office, "offlineRecordSearch")
    staff.open_request(rosa, number)
    rosa.sees(words("step.held"))
    # What a school waits for, with no day named, does not move the law's date.
    assert "Texas state contact takes over" in next_sentence(rosa)
    cancel(rosa, number)
    asks = clerk.the_mail(office, number, to="ana.trevino@", subject=words("update.cancelAsked"))
    clerk.answer_with(office, asks, [pdf(tmp_path / "transcript.pdf")])
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.recordsReady")
    rosa.sees(words("step.cancelOverruled"))


def test_who_waits_for_something_else_says_what(asked):
    _, office, _, _ = asked(YADIEL, "Agripina SEDA", "carmen.rivera@")
    words = office.words
    office.follow(words("answer.later"))
    office.choose(words("hold.other"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.noteMissing"))
    office.choose(words("hold.afterSpecifiedDate"))
    office.press(words("answer.sendAnswer"))
    office.sees_errors(words("trouble.promiseMissing"))


def test_cancelled_at_once_and_asked_again(asked):
    rosa, _, number, _ = asked(XOCHITL)
    words = rosa.words
    cancel(rosa, number)
    rosa.sees(words("notice.cancelled"))
    assert status(rosa) == words("status.closed")
    rosa.press(words("action.reopen"))
    rosa.sees(XOCHITL.name)
    rosa.press(words("check.send"))
    again = staff.Wizard(rosa).number()
    assert again != number
    rosa.go(f"/requests/{again}")
    rosa.sees(words("step.asksAgain", number=number))
    staff.open_request(rosa, number)
    rosa.sees(words("step.reopened", number=again))


def test_records_after_the_end_open_a_request_of_their_own(asked, people, gateway, tmp_path):
    rosa, office, number, mail = asked(JOSE, IMMOKALEE, "marie.baptiste@")
    words = office.words
    samuel = staff.come_back(people(gateway.url), FLORIDA)
    samuel.go(f"/queue/{number}")
    reasons = samuel.page.get_by_role("radio")
    samuel.choose(reasons.first.evaluate("e => e.closest('label').innerText.trim()"))
    samuel.press(words("queue.closeButton"))
    samuel.sees(words("notice.closed"))
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    office.sees(words("answer.late"))
    Answer(office).attach(pdf(tmp_path / "late.pdf")).say().send().receipt()
    staff.open_request(rosa, number)
    assert status(rosa) == words("status.closed")
    rosa.sees(words.start("step.lateAnswer"))
    linked = next(found for found in staff.NUMBER.findall(rosa.text()) if found != number)
    assert linked != number
    staff.wait_for(rosa, f"/requests/{linked}",
                   lambda: words("status.recordsReady") in rosa.text(), "the late records")
    rosa.sees(words("step.asksAgain", number=number))


def test_two_schools_are_asked_side_by_side(asked, tmp_path):
    rosa, office, number, mail = asked(XOCHITL, registrar=GRACE)
    words = rosa.words
    staff.open_request(rosa, number)
    rosa.follow(words("action.askInParallel"))
    rosa.sees(words("location.goesOn", askedNow=WESLACO))
    rosa.fill(words("field.searchName.label"), "Immokalee High")
    rosa.select(words("search.state"), "Florida")
    rosa.press(words("search.button"))
    rosa.choose("~" + IMMOKALEE)
    rosa.press(words("location.button"))
    rosa.sees(words("notice.locationAdded"))
    assert clerk.the_mail(office, number, to="marie.baptiste@")["link"]
    # The first one's link works as before.
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.open_request(rosa, number)
    rosa.sees(WESLACO, IMMOKALEE)


def test_moved_on_perhaps_is_for_the_requester_to_decide(asked):
    """The locator knows nothing of him at the school that is named, so it is not asked."""
    rosa, office, number, _ = asked(EMILIANO, registrar=GRACE)
    words = office.words
    office.follow(words("answer.moved"))
    office.fill(words("field.searchName.label"), "Immokalee High")
    office.select(words("search.state"), "Florida")
    office.press(words("search.button"))
    office.choose("~" + IMMOKALEE)
    office.press(words("answer.sendAnswer"))
    office.sees("They decide whether to ask there.")
    staff.open_request(rosa, number)
    rosa.follow(words("action.addLocation"))
    rosa.sees(words("location.named"))
    rosa.press(words("location.button"))
    rosa.sees(words("notice.locationAdded"))


@pytest.fixture
def line(program, fresh_gateway):
    """A demonstration, and the program's own commands on what it has on file."""
    gateway = fresh_gateway().start()
    (gateway.data / "mochila.yaml").write_text(f"""
base_address: https://records.mochila.example
listen:
  host: 127.0.0.1
  port: {gateway.port}
tls:
  enabled: false
mail:
  host: localhost
  port: 2
  security: none
  from_name: Mochila records
  from_address: records@mochila.example
""")
    (gateway.data / "mochila.yaml").chmod(0o600)

    def run(*arguments, given=""):
        return subprocess.run([str(program), *arguments, "--at", str(gateway.data)],
                              input=given, capture_output=True, text=True, timeout=120)
    return gateway, run


def test_mail_that_comes_back_acts_and_dates_explain_themselves(line, people):
    gateway, run = line
    rosa = staff.come_back(people(gateway.url), ROSA)
    words = rosa.words
    number = staff.file_request(rosa, MARISOL, WESLACO)
    clerk.the_mail(rosa, number, to="ana.trevino@")
    mailbox = Mailbox(gateway.data / "mail/new")
    sent = mailbox.wait(to="ana.trevino@").message_id.strip("<>")

    explained = run("calendar", "explain", number)
    assert explained.returncode == 0, explained.stderr
    assert WESLACO in explained.stdout and "cap" in explained.stdout.lower()
    assert not any(secret in explained.stdout for secret in MARISOL.secrets)

    reply = f"In-Reply-To: <{sent}>\nFrom: ana\n\nShe is in Ms. Ortiz's list.\n\n> quoted words\n"
    assert run("mail-in", given=reply).stdout.strip() == "noted"
    assert run("mail-in", given=reply).stdout.strip() == "repeated"
    staff.open_request(rosa, number)
    rosa.sees(words("step.mailReply", organization=WESLACO), "She is in Ms. Ortiz's list.")
    rosa.sees_not("quoted words")

    bounce = f"""Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; someone@example
Action: failed
Status: 5.1.1

--x
Content-Type: text/rfc822-headers

Message-ID: <{sent}>

--x--
"""
    assert run("mail-in", given=bounce).stdout.strip() == "noted"
    staff.open_request(rosa, number)
    rosa.sees(words("step.mailBounced", organization=WESLACO))
    # The district is asked the same day.
    assert any(step.startswith(words.start("step.districtTold")) for step in steps(rosa))

    assert run("mail-in", given="Subject: buy\n\nthis").stdout.strip() == "unrelated"
    unreadable = run("mail-in", given="no header here\n\x00\n")
    assert unreadable.returncode == 65 and not unreadable.stdout


def test_a_calendar_goes_in_and_comes_out_as_icalendar(line, people):
    gateway, run = line
    school = "school:484496008851"
    text = "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1@example",
        "DTSTART;VALUE=DATE:20260520", "DTEND;VALUE=DATE:20260611", "SUMMARY:Flood",
        "CATEGORIES:BREAK", "END:VEVENT", "END:VCALENDAR", ""])
    file = gateway.data / "flood.ics"
    file.write_text(text)
    before = run("calendar", "export", school).stdout
    look = run("calendar", "import", "--dry-run", "--organization", school, str(file))
    assert "+ 2026-05-20 to 2026-06-10 longBreak (Flood)" in look.stdout, look.stderr
    assert run("calendar", "export", school).stdout == before
    put = run("calendar", "import", "--organization", school, str(file))
    assert put.returncode == 0, put.stderr
    got = run("calendar", "export", school).stdout
    assert "20260520" in got and "20260611" in got and "Flood" in got
    file.write_text(text.replace("DTEND;VALUE=DATE:20260611", "DTEND;VALUE=DATE:20260230"))
    refused = run("calendar", "import", "--organization", school, str(file))
    assert refused.returncode != 0 and "nothing was changed" in refused.stderr
    event = text[text.index("BEGIN:VEVENT"):text.index("END:VCALENDAR")]
    twice = event.replace("20260520", "20260610").replace("20260611", "20260620")
    file.write_text(text.replace("END:VCALENDAR", twice + "END:VCALENDAR"))
    overlap = run("calendar", "import", "--organization", school, str(file))
    assert overlap.returncode != 0 and "days in common" in overlap.stderr, overlap.stderr
    assert run("calendar", "export", school).stdout == got


def test_simulated_years_are_the_same_for_the_same_seed(program):
    def run(*arguments):
        return subprocess.run([str(program), "simulate", "--schools", "8", "--requests", "12",
                               "--seed", "7", *arguments], capture_output=True, text=True,
                              timeout=300)
    first, second = run("--policy", "ladder"), run("--policy", "ladder")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout and "never" in first.stdout.lower()
    assert run("--policy", "none").returncode != 0
