"""Somebody who forgot the password chooses another by a mailed link."""
import re
from harness.browser import PHONE
from pages import staff
from pages.staff import DISTRICT

NEW = "a wholly different password"


def asks(person, email):
    words = person.words
    person.go("/sign-in")
    person.follow(words("recovery.link"))
    person.press(words("recovery.button"))
    person.sees_errors(words("trouble.emailMissing"))
    person.fill(words("field.email.label"), email)
    person.press(words("recovery.button"))
    person.sees_heading(words("recovery.sentTitle"))


def the_link(person):
    row = person.page.get_by_role("row").filter(has_text=person.words("accountNews.recovery"))
    staff.wait_for(person, "/demo/mail", row.count, "the mail with the link")
    row.first.get_by_role("link").click()
    mail = person.page.locator("pre.mail").inner_text()
    return re.search(r"/account/recover/\w+", mail)[0]


def test_a_mailed_link_opens_once_and_the_old_password_no_more(people, gateway):
    daniel = people(gateway.url, js=False, width=PHONE)
    words = daniel.words
    asks(daniel, DISTRICT)
    path = the_link(daniel)

    daniel.go(path)
    daniel.fill(words("field.password.label"), "short")
    daniel.fill(words("field.passwordAgain.label"), "short")
    daniel.press(words("form.continue"))
    daniel.sees_errors(words("trouble.passwordTooShort", minimum=12))
    # All that is wrong at once.
    daniel.fill(words("field.password.label"), "short")
    daniel.fill(words("field.passwordAgain.label"), "other")
    daniel.press(words("form.continue"))
    daniel.sees_errors(words("trouble.passwordTooShort", minimum=12),
                       words("trouble.passwordsDiffer"))
    daniel.fill(words("field.password.label"), NEW)
    daniel.fill(words("field.passwordAgain.label"), NEW)
    daniel.press(words("form.continue"))
    # The link stands for the password only: the app is asked as ever.
    daniel.sees_heading(words("secondFactor.title"))

    again = people(gateway.url, js=False, width=PHONE, check=False)
    assert again.page.goto(gateway.url + path).status == 410
    again.sees_heading(words("recovery.overTitle"))
    again.follow(words("recovery.another"))
    again.sees_heading(words("recovery.title"))

    other = people(gateway.url, js=False, width=PHONE)
    other.go("/sign-in")
    other.fill(words("field.email.label"), DISTRICT)
    other.fill(words("field.password.label"), staff.PASSWORD)
    other.press(words("signIn.button"))
    other.sees_errors(words("trouble.signInFailed"))
    staff.sign_in(people(gateway.url, js=False, width=PHONE), DISTRICT, password=NEW)


def test_an_address_that_nobody_has_is_answered_in_the_same_words(people, gateway):
    stranger = people(gateway.url, js=False, width=PHONE, language="es")
    asks(stranger, "nadie@weslaco-schools.example")
    stranger.sees(stranger.words("recovery.sent"))
