"""Every mail of a request's life: small, in plain text and HTML, one link, and no student in it."""
import re
import pytest
from harness.mail import Mailbox
from pages import clerk, staff
from pages.staff import JOSE, MARISOL, ROSA, YADIEL
from samples import pdf

WESLACO = "Weslaco East High School"
STUDENTS = (MARISOL, JOSE, YADIEL)


@pytest.fixture(scope="module")
def mails(gateway, chromium, tmp_path_factory):
    """Asked, reminded, escalated, answered, accepted: what lies in the Maildir afterwards."""
    from harness import browser as kit
    from harness.person import Person
    folder = tmp_path_factory.mktemp("files")
    with kit.open_page(chromium) as (page, f1), kit.open_page(chromium) as (other, f2):
        rosa, office = Person(page, f1, gateway.url), Person(other, f2, gateway.url)
        staff.come_back(rosa, ROSA)
        numbers = [staff.file_request(rosa, MARISOL, WESLACO, message="Reyes Ortega is waiting."),
                   staff.file_request(rosa, JOSE, "Immokalee High School"),
                   staff.file_request(rosa, YADIEL, "Agripina SEDA")]
        for _ in range(9):
            staff.move_clock(rosa, "day")
        mail = clerk.the_mail(office, numbers[0], to="ana.trevino@")
        clerk.answer_with(office, mail, [pdf(folder / "Marisol Reyes.pdf")])
        clerk.the_mail(office, numbers[0], to="rosa.delgado@", subject="ready")
    found = Mailbox(gateway.data / "mail/new").all()
    assert len(found) > 10
    return found


def test_each_is_small_and_whole(mails, gateway):
    for path in (gateway.data / "mail/new").iterdir():
        assert path.stat().st_size <= 15_000, path
    for mail in mails:
        assert mail.subject and mail.message_id and mail.language in ("en", "es"), mail.subject
        assert "\n\n" in mail.text.replace("\r", "") and "<html" in mail.html.lower()
        assert not re.search(r"<(script|img|iframe|form|link)\b|\bsrc=", mail.html), mail.subject


def test_each_has_exactly_one_link_and_it_is_ours(mails, gateway):
    for mail in mails:
        assert len(set(mail.links)) == 1, (mail.subject, mail.links)
        assert mail.links[0].startswith(gateway.url), mail.subject
        assert set(re.findall(r'href="([^"]+)"', mail.html)) == {mail.links[0]}, mail.subject


def test_none_names_a_student(mails, gateway):
    for mail in mails:
        whole = mail.subject + mail.text + mail.html
        for student in STUDENTS:
            for secret in student.secrets + [student.given]:
                assert secret not in whole, (mail.subject, secret)


def test_the_code_stands_in_the_mail_and_not_in_its_link(mails):
    asks = [mail for mail in mails if "/r/" in mail.links[0]]
    assert asks
    for mail in asks:
        assert mail.code and mail.code not in mail.links[0], mail.subject
        assert mail.code in mail.html


def test_a_school_in_puerto_rico_reads_spanish(mails):
    mail = next(mail for mail in mails if mail.to.startswith("carmen.rivera@"))
    assert mail.language == "es" and "¿ES DE VERDAD?" in mail.text and mail.code


def test_a_reminder_is_in_the_thread_of_what_it_reminds_of(mails):
    asks = [mail for mail in mails if mail.to.startswith("ana.trevino@")]
    first, second = asks[0], asks[1]
    assert second.subject.startswith("Re: ")
    # One thread: the first itself, or what both refer to.
    assert {first.message_id, *first.references} & set(second.references), (first, second)


def test_the_log_of_the_program_names_nobody(mails, gateway):
    log = gateway.log.read_text()
    for student in STUDENTS:
        assert not any(secret in log for secret in student.secrets)
    assert not any(mail.links[0].rsplit("/", 1)[1] in log for mail in mails if "/r/" in mail.links[0])
