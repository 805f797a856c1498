"""One record travels: asked for, answered by mail without an account, sealed, read, accepted."""
import hashlib, urllib.request, zipfile
import pytest
from harness.browser import DESK, PHONE
from pages import clerk, staff
from pages.clerk import Answer
from pages.staff import EMILIANO, JOSE, MARISOL, ROSA, XOCHITL, Wizard
from samples import pdf, photo

# A student each, so that one gateway serves them all.
WAYS = [
    pytest.param("en", DESK, True, MARISOL, id="English, desk, scripts"),
    pytest.param("es", DESK, True, EMILIANO, id="Spanish, desk, scripts"),
    pytest.param("en", PHONE, False, XOCHITL, id="English, phone, no scripts"),
    pytest.param("es", PHONE, False, JOSE, id="Spanish, phone, no scripts"),
]


@pytest.mark.parametrize("language, width, js, student", WAYS)
def test_a_record_travels_from_form_to_receipt(people, gateway, tmp_path, language, width, js,
                                               student):
    holder = "Immokalee High School" if student is JOSE else "Weslaco East High School"
    clerk_address = "marie.baptiste@" if student is JOSE else "ana.trevino@"
    settings = dict(width=width, js=js, language=language)
    rosa, office = people(gateway.url, **settings), people(gateway.url, **settings)
    words = rosa.words

    staff.come_back(rosa, ROSA)
    wizard = Wizard(rosa).begin().student(student)
    wizard.sees("place.title")
    rosa.sees(words("certainty.certain"), words("match.sameName"), words("match.sameBirthDate"),
              words("outlook.certain"))
    rosa.sees(holder)
    wizard.place(holder).purpose(start=(5, 11, 2026))
    wizard.sees("check.title")
    rosa.sees(student.name, holder, words("use.graduation"))
    number = wizard.send()
    rosa.follow(words("sent.track"))
    rosa.sees(number, words("status.withTheSchool"), words("step.requestSent"))
    assert rosa.words.start("request.next") in staff.next_sentence(rosa)

    mail = clerk.the_mail(office, number, to=clerk_address)
    assert mail["code"] and mail["link"]
    prefetch(mail["link"], times=50)
    clerk.open_link(office, mail)
    office.sees_heading("~" + words("link.heading", requester="Davis High School"))
    office.sees(number)
    assert not any(name in office.text() for name in student.secrets)
    clerk.enter_code(office, "AAAAAA")
    office.sees_errors(words("trouble.linkCodeWrong", left=4))
    clerk.enter_code(office, mail["code"])
    office.sees(student.name)
    files = [pdf(tmp_path / "Marisol's transcript.pdf"), photo(tmp_path / "vacunas página 1.png")]
    receipt = Answer(office).attach(*files).say(note="Ask us about biology.").send().receipt()
    assert receipt
    for file in files:
        office.sees(file.name)
    office.sees(hashlib.sha256(files[0].read_bytes()).hexdigest()[:8])

    staff.open_request(rosa, number)
    rosa.sees(words("status.recordsReady"), words("step.openedByPerson",
                                                  organization=holder))
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: words("records.sealed") in rosa.text(), "the sealed bundle")
    rosa.sees(words("wholeness.unsaid"), words("partState.unsaid"), "Ana Treviño",
              "Ask us about biology.")
    for file in files:
        saved = rosa.download(file.name, tmp_path / "one")
        assert saved.read_bytes() == file.read_bytes()
    archive = rosa.download(words("records.everything"), tmp_path / "all.zip")
    with zipfile.ZipFile(archive) as everything:
        assert everything.testzip() is None
        contents = {everything.read(name) for name in everything.namelist()}
    assert {file.read_bytes() for file in files} <= contents
    sealed = rosa.download(words("records.sealed"), tmp_path / "bundle.cms").read_bytes()
    assert sealed[:1] == b"\x30" and files[0].read_bytes()[:40] not in sealed

    rosa.page.goto(gateway.url + f"/requests/{number}/records")
    rosa.press(words("action.accept"))
    rosa.sees(words("notice.accepted"))
    staff.open_request(rosa, number)
    assert staff.status(rosa) == words("status.received")
    rosa.sees(words("next.received"))

    rosa.follow(words("tracker.seen"))
    rosa.sees("Rosa Delgado", holder, words("basis.enrollment"))


def test_a_family_follows_with_a_slip_and_its_card_finds_the_student(people, gateway):
    """No account and no scripts; the card's number is read at the next school."""
    rosa = people(gateway.url)
    phone = people(gateway.url, width=PHONE, js=False, language="es")
    words = rosa.words
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, MARISOL, "Weslaco East High School")
    rosa.press(words("slipPage.button"))
    rosa.sees(words("slip.title"), number)
    slip = rosa.page.locator(".slip")
    code = slip.locator("div[lang=en] .secret").last.inner_text()
    assert not any(secret in slip.inner_text() for secret in MARISOL.secrets + ["Weslaco", "Davis"])

    def look(code):
        phone.go("/familia")
        phone.fill(phone.words("field.number.label"), number.lower())
        phone.fill(phone.words("field.familyYear.label"), MARISOL.year)
        phone.fill(phone.words("field.slipCode.label"), code)
        phone.press(phone.words("family.button"))

    look("BBBB BBBB")
    phone.sees_errors(phone.words("trouble.slipWrong"))
    look(code.lower())
    phone.sees(phone.words("slip.stage.asked"), words("slip.stage.asked"))
    assert not any(secret in phone.text() for secret in MARISOL.secrets + ["Weslaco", "Davis"])
    rosa.go(f"/requests/{number}/slip")
    rosa.press(words("slipPage.button"))
    look(code)
    phone.sees_errors(phone.words("trouble.slipWrong"))

    rosa.go(f"/requests/{number}/card")
    rosa.choose(words("purposeOf.enrolling"))
    rosa.press(words("card.button"))
    card = rosa.page.locator(".wallet .ref").inner_text()
    assert card.startswith("SR-")
    size = rosa.page.locator(".wallet").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert size[0] <= size[1], "the card's words do not fit"
    wizard = Wizard(rosa).begin().student(MARISOL, recordNumber=card[:-1] + "0")
    rosa.sees_errors(words("trouble.recordNumberMistyped"))
    wizard.student(MARISOL, recordNumber=card.lower())
    wizard.sees("place.title")
    rosa.sees(words("match.sameRecordNumber"), words("outlook.certain"))


def test_a_family_carries_a_sealed_copy_that_a_school_opens(people, gateway, tmp_path):
    """Made at one request, opened at another: the asked school need not be there."""
    rosa, office = people(gateway.url), people(gateway.url)
    words, holder = rosa.words, "Weslaco East High School"
    staff.come_back(rosa, ROSA)
    first = staff.file_request(rosa, XOCHITL, holder)
    clerk.open_link(office, mail := clerk.the_mail(office, first, to="ana.trevino@"))
    clerk.enter_code(office, mail["code"])
    file = pdf(tmp_path / "Xóchitl's transcript.pdf")
    Answer(office).attach(file).say().send()
    staff.wait_for(rosa, f"/requests/{first}/records",
                   lambda: words("records.familyCopy") in rosa.text(), "the sealed bundle")
    copy = rosa.download(words("records.familyCopy"), tmp_path / "RQ-familia.cms")
    sealed = rosa.download(words("records.sealed"), tmp_path / "school.cms")
    assert not list(gateway.data.rglob("*.family*")), "the gateway keeps a family's copy"
    assert copy.read_bytes()[:1] == b"\x30" and file.read_bytes()[:40] not in copy.read_bytes()
    rosa.page.goto(gateway.url + f"/requests/{first}/records")
    rosa.press(words("action.accept"))

    second = staff.file_request(rosa, XOCHITL, holder)
    for wrong in (file, sealed):
        rosa.go(f"/requests/{second}/family-copy")
        rosa.attach(words("field.familyCopy.label"), wrong)
        rosa.press(words("copyTaken.button"))
        rosa.sees_errors(words("trouble.familyCopyNotOurs"))
    rosa.attach(words("field.familyCopy.label"), copy)
    rosa.press(words("copyTaken.button"))
    rosa.sees(words("notice.copyTaken"))
    staff.wait_for(rosa, f"/requests/{second}/records",
                   lambda: words("records.sealed") in rosa.text(), "the record from the copy")
    saved = rosa.download(file.name, tmp_path / "carried")
    assert saved.read_bytes() == file.read_bytes()
    rosa.go(f"/requests/{first}/disclosures")
    rosa.sees("family copy", "Rosa Delgado")


def prefetch(link, times):
    """A mail scanner opens every link, and more than once."""
    for _ in range(times):
        for method in ("GET", "HEAD"):
            request = urllib.request.Request(link, method=method)
            with urllib.request.urlopen(request) as answer:
                assert answer.status == 200
