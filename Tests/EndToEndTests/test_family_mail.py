"""A family is told once that records came, by a mail that says nothing about the child."""
import pytest
from harness.browser import DESK, PHONE
from harness.mail import Mailbox
from pages import clerk, staff
from pages.staff import EMILIANO, MARISOL, ROSA, Wizard
from samples import pdf

FAMILY = "familia@correo.example"
WESLACO = "Weslaco East High School"


def give(rosa, address, agrees=True):
    rosa.fill(rosa.words("field.familyEmail.label"), address)
    if agrees:
        rosa.choose(rosa.words("field.familyConsent.label"))


def told(gateway, address):
    return [mail for mail in Mailbox(gateway.data / "mail/new").all() if mail.to == address]


def says_nothing(mail, number, student):
    whole = mail.subject + mail.text + mail.html
    assert number in mail.subject and number in mail.text
    assert not any(secret in whole for secret in student.secrets + [student.given, "Weslaco", "Davis"])
    for words in ("ya llegaron", "no tiene que hacer nada", "do not need to do anything"):
        assert words in mail.text.replace("\n", " ")


@pytest.mark.parametrize("student, language, width, js, address", [
    (MARISOL, "en", DESK, True, FAMILY),
    (EMILIANO, "es", PHONE, False, "otra.familia@correo.example"),
])
def test_an_address_on_the_form_is_written_to_when_records_come(
        people, gateway, tmp_path, student, language, width, js, address):
    settings = dict(width=width, js=js, language=language)
    rosa, office = people(gateway.url, **settings), people(gateway.url, **settings)
    words = rosa.words
    staff.come_back(rosa, ROSA)
    wizard = Wizard(rosa).begin().student(student).place(WESLACO)
    give(rosa, "familia@", agrees=False)
    wizard.purpose()
    rosa.sees_errors(words("trouble.familyEmailMalformed"), words("trouble.familyConsentMissing"))
    give(rosa, address)
    rosa.press(words("form.continue"))
    wizard.sees("check.title")
    rosa.sees(words("familyMail.title"), address)
    number = wizard.send()
    rosa.go(f"/requests/{number}/family-mail")
    rosa.sees(words("familyStanding.waits", email=address))
    assert told(gateway, address) == []

    mail = clerk.the_mail(office, number, to="ana.trevino@")
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.wait_for(rosa, f"/requests/{number}",
                   lambda: words("step.familyMailAccepted") in rosa.text(), "the family's mail")
    mail, = told(gateway, address)
    says_nothing(mail, number, student)
    assert mail.links == [gateway.url] and mail.language == "es"
    assert address not in rosa.text()
    rosa.sees(words("familyText.title"))
    text = rosa.page.locator("#family-text ~ p.kept").inner_text()
    assert number in text and len(text) <= 160 and text.isascii()
    rosa.go(f"/requests/{number}/family-mail")
    assert address not in rosa.text()
    rosa.sees_not(words("familyMail.button"))


def test_an_address_given_later_is_written_to_at_once_and_can_be_taken_back_before(
        people, gateway, tmp_path):
    rosa, office = people(gateway.url), people(gateway.url)
    words = rosa.words
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, staff.JOSE, "Immokalee High School")
    rosa.follow(words("sent.track"))
    rosa.follow(words("familyMail.title"))
    rosa.sees(words("familyStanding.nobody"))
    give(rosa, "primera@correo.example")
    rosa.press(words("familyMail.button"))
    rosa.sees(words("notice.familyMailKept"),
              words("familyStanding.waits", email="primera@correo.example"))
    rosa.press(words("familyMail.forget"))
    rosa.sees(words("notice.familyMailForgotten"), words("familyStanding.nobody"))

    mail = clerk.the_mail(office, number, to="marie.baptiste@")
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.wait_for(rosa, f"/requests/{number}/family-mail",
                   lambda: words("familyMail.atOnce") in rosa.text(), "the records")
    give(rosa, "segunda@correo.example")
    rosa.choose(words("language.english"))
    rosa.press(words("familyMail.button"))
    staff.wait_for(rosa, f"/requests/{number}",
                   lambda: words("step.familyMailAccepted") in rosa.text(), "the family's mail")
    mail, = told(gateway, "segunda@correo.example")
    assert mail.language == "en" and mail.text.index("do not need") < mail.text.index("ya llegaron")
    assert told(gateway, "primera@correo.example") == []
