"""What must not be written down in the clear is planted, and then looked for everywhere."""
import base64, pathlib, re, urllib.parse
import pytest
from harness.mail import Mailbox
from harness.processes import wait_for
from .visitor import PASSWORD, ROSA, Visitor, answer_link, letter_for

GIVEN, PATERNAL, MATERNAL = "Zyxwenata", "Quorvimbel", "Jathunkiyez"
NUMBER = "KANARI7741"
BIRTH = (2, 29, 2008)
MESSAGE, NOTE, CONTENT = "vorblaxian message", "quemtosian note", b"plomfridic content"
FILE = f"{GIVEN} {PATERNAL}.pdf"
# As people and programs write that day.
DATES = ["2008-02-29", "2/29/2008", "02/29/2008", "29/02/2008", "February 29, 2008",
         "Feb 29, 2008", "29 de febrero de 2008", "20080229"]


def spellings(text: str) -> dict:
    """How a text may stand in a file: plain, in an address, in quoted-printable, in base64 at each
    of its three alignments, in 16 bits."""
    data = text.encode()
    found = {"plain": data, "address": urllib.parse.quote(text).encode(),
             "lower case": text.lower().encode(), "16 bits": text.encode("utf-16-le")}
    for shift in range(3):
        middle = base64.b64encode(b"\0" * shift + data)[4 if shift else 0:]
        found[f"base64 at {shift}"] = middle.rstrip(b"=")[:-2]
    return found


def files(folder: pathlib.Path):
    return [f for f in folder.rglob("*") if f.is_file()]


def places(paths, texts) -> list:
    """Where any of the texts stands, as sentences."""
    found = []
    needles = [(text, how, needle) for text in texts for how, needle in spellings(text).items()
               if len(needle) > 5]
    for path in paths:
        data = path.read_bytes()
        found += [f"{text!r} ({how}) in {path.name}" for text, how, needle in needles
                  if needle in data]
    return found


def walk(gateway):
    """The whole way, with every kind of mistake that is logged; gives back links and codes."""
    rosa = Visitor(gateway).sign_in(ROSA)
    draft = rosa.submit(rosa.get("/requests"), "/requests/new").goes_to.split("/")[2]
    base = f"/drafts/{draft}"
    page = rosa.get(f"{base}/student")
    rosa.submit(page, f"{base}/student", given=GIVEN, paternalSurname=PATERNAL,
                maternalSurname=MATERNAL, birthMonth=BIRTH[0], birthDay=BIRTH[1],
                birthYear=BIRTH[2], grade="", stateStudentID=NUMBER,
                purpose="enrolling")
    csrf = page.form(f"{base}/student")["csrf"]
    rosa.post(f"{base}/place", {"csrf": csrf, "place": "484496008851"})
    rosa.post(f"{base}/purpose", {"csrf": csrf, "uses": ["E"], "message": MESSAGE})
    number = re.search(r"RQ-[0-9A-Z-]+",
                       rosa.post(f"{base}/send", {"csrf": csrf}).goes_to)[0]
    box = Mailbox(gateway.data / "mail/new")
    mail = letter_for(box, number)
    link = answer_link(mail)
    path = urllib.parse.urlsplit(link).path
    clerk = Visitor(gateway)
    page = clerk.get(path)
    wrong = clerk.post(path, {**page.form(path), "linkCode": "WRONGX"}, expecting=422)
    assert wrong.status == 422
    clerk.ask("GET", path + "/" + GIVEN)
    clerk.ask("GET", f"/requests?student={GIVEN}")
    clerk.ask("POST", path, "csrf=wrong", **{"Content-Type": "application/x-www-form-urlencoded"})
    answer = clerk.open_link(link, mail.code)
    clerk.send_records(answer, [(FILE, b"\0\1" + CONTENT)], GIVEN)
    assert clerk.send_records(answer, [(FILE, b"%PDF-1.7 " + CONTENT)], "Ana").status == 303

    def sealed():
        page = rosa.get(f"/requests/{number}/records").text
        return page if '/sealed"' in page else None
    page = wait_for(sealed, 60, "the answer is sealed", every=0.2)
    for found in re.findall(
            r'href="(/requests/[^"]+/(?:files/[^"]+|everything|sealed))"', page):
        rosa.get(found)
    rosa.get(f"/requests/{number}/disclosures.csv")
    # Second contact, district, state: every letter there is for a school that falls silent.
    other = rosa.file_request(GIVEN + "a", PATERNAL, MATERNAL, born=BIRTH)
    for _ in range(12):
        rosa.post("/demo/clock", {**rosa.get("/home").form("/demo/clock"), "step": "day"})
    wait_for(lambda: len([m for m in box.all() if other in m.subject + m.text]) >= 4, 30,
             "the ladder's mails")
    mails = [m for m in box.all() if m.code]
    return ([urllib.parse.urlsplit(answer_link(m)).path.split("/")[2] for m in mails],
            [m.code for m in mails], rosa, clerk)


@pytest.mark.deep
def test_nothing_planted_is_found_where_it_must_not_be(fresh_gateway):
    gateway = fresh_gateway().start()
    tokens, codes, rosa, clerk = walk(gateway)
    assert len(tokens) >= 3
    # As it lies there while it runs and after a crash, with the journal not yet emptied.
    gateway.kill()
    mails, rest = gateway.data / "mail", []
    for path in [*files(gateway.data), gateway.log]:
        if mails not in path.parents:
            rest.append(path)
    journal = gateway.data / "data/store.sqlite-wal"
    assert journal in rest and journal.stat().st_size, "the journal is empty: nothing was tried"
    # The search itself finds what is there.
    assert places([gateway.data / "mail/new" / m.name for m in (mails / "new").iterdir()][:50],
                  tokens[:1]), "the search finds nothing even where it must"

    about_the_student = [GIVEN, PATERNAL, MATERNAL, NUMBER, MESSAGE, NOTE, FILE,
                         CONTENT.decode(), *DATES]
    assert not places([*rest, *files(mails)], about_the_student)
    cookies = [value for person in (rosa, clerk) for value in person.cookies.values()
               if len(value) > 8]
    assert cookies
    assert not places(rest, [*tokens, *codes_worth_a_search(codes), *cookies])
    # The demonstration says its password when it starts, and nowhere else.
    assert not places([path for path in rest if path != gateway.log], [PASSWORD])
    for mail in Mailbox(mails / "new").all():
        text = mail.subject + mail.text + mail.html
        assert not [w for w in about_the_student if w.lower() in text.lower()], mail.subject


def codes_worth_a_search(codes) -> list:
    """Six letters out of sixteen turn up by chance in tens of megabytes of noise once in a few
    runs; with the word before them, as a mail has them, they do not."""
    return [f"Code             {code}" for code in codes] + [f"code={code}" for code in codes] + [
        f'"{code}"' for code in codes]
