"""Records that a school mails instead of using its link: a real installation, its mail server on one
side and the mail server's pipe on the other."""
import email.message, email.policy, email.utils, re, subprocess
import pytest
from harness.mail import Mailbox
from harness.processes import Peer
from pages import clerk, staff
from pages.staff import JOSE, MARISOL
from samples import pdf, photo
from test_installation import Installation, one_time_code

DAVIS, WESLACO = "school:531011001689", "school:484496008851"
OFFICE = "ana.trevino@weslaco-east.example"
PASSWORD = "orchard window seventeen lanterns"
CONTACTS = ("organization,role,name,email,language,phone\n"
            f"{WESLACO},recordsOffice,Ana Treviño,{OFFICE},en,\n")


@pytest.fixture(scope="module")
def smtp_server():
    with Peer("smtp_peer.py") as peer:
        yield peer


@pytest.fixture(scope="module")
def house(program, smtp_server, tmp_path_factory):
    """A gateway with one office that can be written to, and its mailbox."""
    made = Installation(program, tmp_path_factory.mktemp("mailed") / "mochila", smtp_server)
    assert made.at("directory", "import").returncode == 0
    table = made.folder / "contacts.csv"
    table.write_text(CONTACTS)
    done = made.at("contact", "import", str(table), "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    made.start()
    yield made
    made.stop()


@pytest.fixture
def rosa(house, smtp_server, people):
    """The registrar who asks; invited the first time, with a new app each time."""
    address = f"rosa{len(Mailbox(smtp_server['messages']).all())}@davis-high.example"
    invited = house.at("user", "invite", "--email", address, "--name", "Rosa Delgado", "--title",
                       "Registrar", "--role", "registrar", "--organization", DAVIS)
    assert invited.returncode == 0, invited.stderr
    rosa = people(house.url, ignore_tls=True)
    words = rosa.words
    rosa.go(Mailbox(smtp_server["messages"]).wait(to=address, seconds=60).links[0])
    rosa.fill(words("field.password.label"), PASSWORD)
    rosa.fill(words("field.passwordAgain.label"), PASSWORD)
    rosa.press(words("form.continue"))
    if rosa.page.locator("#email").count():
        rosa.fill(words("field.email.label"), address)
        rosa.fill(words("field.password.label"), PASSWORD)
        rosa.press(words("signIn.button"))
    secret = re.search(r"\b((?:[A-Z2-7]{4} ?){4,})\b", rosa.text())[1].replace(" ", "")
    rosa.fill(words("field.oneTimeCode.label"), one_time_code(secret))
    rosa.press(words("form.continue"))
    return rosa


def ask(rosa, student):
    """The request number; nothing is proposed here, so the school is searched for."""
    wizard = staff.Wizard(rosa).begin().student(student)
    return wizard.search("Weslaco East").place("Weslaco East High School").purpose().send()


def letter(answers=None, files=(), text="See what is attached.", **headers):
    """What a mail program sends; `files` are paths, or names with their bytes."""
    mail = email.message.EmailMessage()
    mail["From"], mail["To"] = f"Ana Treviño <{OFFICE}>", "records@ayuda.example"
    mail["Subject"], mail["Message-ID"] = "Re: records", email.utils.make_msgid(domain="w.example")
    if answers:
        mail["In-Reply-To"] = answers
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for file in files:
        name, content = file if isinstance(file, tuple) else (file.name, file.read_bytes())
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes(policy=email.policy.SMTP)


def pipe(house, mail):
    """As Postfix hands a mail to the program."""
    return subprocess.run([house.program, "mail-in", "--at", str(house.folder)], input=mail,
                          capture_output=True, timeout=120)


def stored(house):
    folder = house.folder / "data" / "files"
    return {file.name for file in folder.rglob("*") if file.is_file()}


def test_mailed_records_wait_locked_up_until_the_office_confirms_them(
        house, smtp_server, rosa, people, tmp_path):
    box = Mailbox(smtp_server["messages"])
    number = ask(rosa, MARISOL)
    asked = box.wait(to=OFFICE, subject=number, seconds=60)
    before = stored(house)
    mail = letter(asked.message_id, [
        pdf(tmp_path / "Marisol Reyes 2025.pdf", text="Confidential"),
        photo(tmp_path / "Año.png"), ("setup.exe", b"MZ\x90\0" + b"\0" * 100)])
    taken = pipe(house, mail)
    assert (taken.returncode, taken.stdout.strip()) == (0, b"noted"), taken.stderr
    assert pipe(house, mail).stdout.strip() == b"repeated"

    # Encrypted at rest, once, and no part of any answer.
    new = stored(house) - before
    assert len(new) == 2, new
    for name in new:
        content = next((house.folder / "data").rglob(name)).read_bytes()
        assert b"Confidential" not in content and b"%PDF" not in content

    # One kind word, to the address on file, in the same thread, and without any name.
    notice = box.wait(to=OFFICE, subject=rosa.words("update.filesByMail"), seconds=60)
    assert set(notice.references) & {asked.message_id, *asked.references}
    assert "Marisol" not in notice.text and "Reyes" not in notice.text + notice.subject
    assert len(set(notice.links)) == 1 and notice.code

    office = people(house.url, ignore_tls=True, js=False)
    words = office.words
    office.go(notice.links[0])
    clerk.enter_code(office, notice.code)
    office.sees_heading("~" + words("mailed.title"))
    office.sees("Marisol Reyes 2025.pdf", "Año.png", "setup.exe",
                words("mailedRefusal.typeNotAllowed"))
    # Nothing ticked, nothing said: all of it at once, and nothing lost.
    for box_ in office.page.locator("input[name=files]").all():
        box_.uncheck()
    office.press(words("mailed.send"))
    office.sees_errors(words("trouble.mailedFilesMissing"), words("trouble.completeMissing"),
                       words("trouble.missing"))
    for box_ in office.page.locator("input[name=files]").all():
        box_.check()
    office.choose(words("complete.yes"))
    office.fill(words("field.name.label"), "Ana Treviño")
    office.press(words("mailed.send"))
    office.page.wait_for_url("**/receipt*", timeout=60_000)
    office._arrived()
    office.sees_heading("~" + words("receipt.title"))
    office.sees("Marisol Reyes 2025.pdf", "Año.png")
    office.sees_not("setup.exe")

    assert box.wait(to=OFFICE, subject="receipt", seconds=60).text.count(number)
    assert box.wait(to="rosa", subject=number + ": records are ready", seconds=90)
    # The same mail once more, as a mail server does that lost its place.
    assert pipe(house, mail).stdout.strip() == b"repeated"
    notices = [m for m in box.all() if rosa.words("update.filesByMail") in m.subject]
    assert len(notices) == 1


def test_hostile_mail_is_refused_in_words_and_nothing_is_kept(house, smtp_server, rosa):
    box = Mailbox(smtp_server["messages"])
    number = ask(rosa, JOSE)
    asked = box.wait(to=OFFICE, subject=number, seconds=60)
    before, mails = stored(house), len(box.all())
    head = (f"In-Reply-To: {asked.message_id}\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=x\r\n\r\n").encode()
    many = head + b"--x\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n" * 10_000 + b"--x--\r\n"
    huge = head + b"--x\r\nContent-Type: application/pdf\r\n\r\n" + b"%PDF-1.4 " * 3_000_000
    tower = f"In-Reply-To: {asked.message_id}\r\n".encode() + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(40))
    for mail, why in [(many, b"tooManyParts"), (huge, b"tooLarge"), (tower, b"tooDeep"),
                      (b"A" * 200_000, b"header"), (b"", b"empty")]:
        done = pipe(house, mail)
        assert done.returncode == 65 and why in done.stderr and not done.stdout, done
    # Read, and nothing of it taken: an unknown encoding, an archive, a page with a script.
    odd = head + (b"--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: x-uu\r\n\r\n"
                  b"begin\r\n--x\r\nContent-Type: application/zip; name=a.pdf\r\n\r\nPK\3\4evil\r\n"
                  b"--x\r\nContent-Type: application/pdf; name=p.pdf\r\n\r\n"
                  b"<html><script>alert(1)</script></html>\r\n--x--\r\n")
    assert pipe(house, odd).stdout.strip() == b"noted"
    assert stored(house) == before
    refused = box.wait(to=OFFICE, subject=rosa.words("update.filesRefused"), seconds=60)
    assert refused.code and "script" not in refused.text
    # A machine's mail, and a stranger's who saw the number, change nothing and are not answered.
    robot = letter(asked.message_id, [("a.pdf", b"%PDF-1.4\n")], Auto_Submitted="auto-replied")
    assert pipe(house, robot).returncode == 0
    stranger = letter(None, [("a.pdf", b"%PDF-1.4\n")], From="a@else.example", Subject=number)
    assert pipe(house, stranger).stdout.strip() == b"unrelated"
    assert stored(house) == before
    assert sum(rosa.words("update.filesRefused") in m.subject for m in box.all()) == 1
