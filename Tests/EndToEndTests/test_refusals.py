"""What is refused, in words that help, and with everything kept that was typed."""
import http.client, urllib.parse
import pytest
from pages import clerk, staff
from pages.clerk import Answer
from harness.browser import PHONE
from pages.staff import CALIFORNIA, EMILIANO, GRACE, ITZEL, MARISOL, ROSA, Wizard

WESLACO = "Weslaco East High School"


@pytest.fixture
def rosa(people, gateway):
    return staff.come_back(people(gateway.url), ROSA)


@pytest.fixture(scope="module")
def asked(gateway, chromium):
    """A request with its mail, for the tests of the answer page."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        person = Person(page, faults, gateway.url)
        staff.come_back(person, ROSA)
        number = staff.file_request(person, MARISOL, WESLACO)
        return number, clerk.the_mail(person, number, to="ana.trevino@")


@pytest.mark.parametrize("month, day, year, trouble", [
    ("2", "30", "2010", "birthDateImpossible"), ("13", "1", "2010", "birthDateImpossible"),
    ("", "", "", "birthDateMissing"), ("1", "1", "2030", "birthDateInFuture"),
    ("1", "1", "1901", "birthDateTooLongAgo")])
def test_a_day_that_cannot_be(rosa, month, day, year, trouble):
    words = rosa.words
    Wizard(rosa).begin().student(MARISOL, birthMonth=month, birthDay=day, birthYear=year)
    rosa.sees_errors(words(f"trouble.{trouble}"))
    for field, value in (("given", "Marisol"), ("paternalSurname", "Reyes"),
                         ("maternalSurname", "Ortega"), ("birthMonth", month), ("birthDay", day),
                         ("birthYear", year)):
        assert rosa.page.locator(f"#{field}").input_value() == value
    assert rosa.page.locator("#grade").input_value() == "10"
    rosa.press(words("wizard.discard"))


HOSTILE = ["<script>document.title='owned'</script>", "O'Brien \"Peña\" & Söhne",
           "Zo\u0308e\u0301\u0327 Nguye\u0302\u0303n", "{{t.site.name}}", "'; DROP TABLE requests; --"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_wherever_it_is_shown(rosa, name):
    import unicodedata
    shown = unicodedata.normalize("NFC", name)
    words = rosa.words
    Wizard(rosa).begin().student(ITZEL, paternalSurname=name)
    rosa.sees_heading("~" + words("place.title"))
    assert shown in unicodedata.normalize("NFC", rosa.text())
    rosa.choose("~" + words("place.unknown"))
    rosa.press(words("form.continue"))
    assert shown in unicodedata.normalize("NFC", rosa.text())
    assert "owned" not in rosa.page.title()
    rosa.follow(words("form.back"))
    rosa.follow(words("form.back"))
    kept = rosa.page.locator("#paternalSurname").input_value()
    assert unicodedata.normalize("NFC", kept) == shown
    rosa.press(words("wizard.discard"))


def test_no_place_chosen_and_nothing_found(rosa):
    words = rosa.words
    wizard = Wizard(rosa).begin().student(ITZEL)
    rosa.sees(words("outlook.nobody"))
    rosa.press(words("form.continue"))
    rosa.sees_errors(words("trouble.placeMissing"))
    wizard.search(name="Xyzzy Nowhere Academy")
    rosa.sees(words("search.nothing"))
    assert rosa.page.locator("#searchName").input_value() == "Xyzzy Nowhere Academy"
    wizard.search(name="Watsonville High", state="California")
    rosa.sees("Watsonville High")
    rosa.page.locator("label.card-choice", has_text="Watsonville High").first.click()
    rosa.press(words("form.continue"))
    wizard.sees("purpose.title")
    rosa.fill(words("field.startMonth.label"), "2")
    rosa.fill(words("field.startDay.label"), "31")
    rosa.fill(words("field.startYear.label"), "2026")
    rosa.fill(words("field.message.label"), "Please <b>hurry</b>")
    rosa.choose("~" + words("use.enrollment"))
    rosa.press(words("form.continue"))
    rosa.sees_errors(words("trouble.startDateImpossible"))
    assert rosa.page.locator("#message").input_value() == "Please <b>hurry</b>"


def test_a_school_that_is_not_in_the_directory(rosa):
    wizard = Wizard(rosa).begin().student(ITZEL)
    wizard.sees("place.title")
    choice = rosa.page.locator("input[name=place][value=unknown]")
    choice.evaluate("e => { e.value = '999999999999' }")
    rosa.choose("~" + rosa.words("place.unknown"))
    rosa.press(rosa.words("form.continue"))
    rosa.sees_errors(rosa.words("trouble.schoolUnknown"))


def test_a_second_request_for_the_same_student_is_offered_the_first(people, gateway, asked):
    number, _ = asked
    miguel = people(gateway.url, language="es")
    staff.come_back(miguel, "miguel.ochoa@davis-high.example")
    words = miguel.words
    wizard = Wizard(miguel).begin().student(MARISOL).place(WESLACO).purpose()
    wizard.sees("check.title")
    miguel.press(words("check.send"))
    miguel.sees_heading(words("duplicate.title"))
    miguel.sees(number, "Rosa Delgado")
    miguel.press(words("duplicate.anyway"))
    miguel.sees_errors(words("trouble.duplicateReasonMissing"))
    miguel.press(words("duplicate.join"))
    miguel.sees(words("notice.joined"), number)
    miguel.sees(words("tracker.follower"))


def test_a_request_made_twice_is_merged_into_the_first(people, gateway):
    rosa = staff.come_back(people(gateway.url, js=False, width=PHONE, language="es"), ROSA)
    words = rosa.words
    first = staff.file_request(rosa, EMILIANO, WESLACO)
    wizard = Wizard(rosa).begin().student(EMILIANO).place(WESLACO).purpose()
    wizard.sees("check.title")
    rosa.press(words("check.send"))
    rosa.fill(words("field.duplicateReason.label"), "La oficina no lo sabía")
    rosa.press(words("duplicate.anyway"))
    second = wizard.number()
    staff.open_request(rosa, second)
    rosa.sees(words("merge.found"), first)
    rosa.follow(words("merge.look"))
    rosa.sees_heading("~" + words("merge.title"))
    rosa.press(words("merge.button"))
    rosa.sees(words("notice.merged"), words("step.tookOver", number=second))
    rosa.sees_not(words("merge.found"))
    staff.open_request(rosa, second)
    rosa.follow(words("merge.goesOn", mergedInto=first))
    rosa.sees_heading("~" + EMILIANO.name)


def test_a_last_school_abroad_is_a_task_of_the_state_contact(people, gateway):
    grace = staff.come_back(people(gateway.url, js=False), GRACE)
    words = grace.words
    wizard = Wizard(grace).begin().student(ITZEL)
    grace.choose("~" + words("place.outside"))
    grace.fill(words("field.lastSchool.label"), "Secundaria 12, Oaxaca, until June")
    grace.press(words("form.continue"))
    number = wizard.purpose().send()
    staff.open_request(grace, number)
    grace.sees(words("schoolTask.outsideUnitedStates"), "Secundaria 12, Oaxaca",
               "Dolores Whitfield", words("task.binational"))
    assert "California" in staff.next_sentence(grace)
    dolores = staff.come_back(people(gateway.url, js=False, width=PHONE), CALIFORNIA)
    dolores.go("/queue")
    dolores.sees(words("stuck.outsideUnitedStates"))
    dolores.follow(number)
    dolores.sees("Secundaria 12, Oaxaca")
    dolores.choose(words("reason.outsideUnitedStates"))
    dolores.page.locator("#close-note").fill("The school gives papers to the family only.")
    dolores.press(words("queue.closeButton"))
    dolores.sees(words("notice.closed"))
    staff.open_request(grace, number)
    grace.sees(words("step.closedUnfilled"), "The school gives papers to the family only.")
    grace.sees_not(words("task.binational"))


def test_files_that_cannot_be_taken(people, gateway, asked, tmp_path):
    _, mail = asked
    office = people(gateway.url, js=False)
    words = office.words
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    Answer(office).say(note="Two pages are missing.").send()
    office.sees_errors(words("trouble.filesMissing"))
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "game.exe").write_bytes(b"MZ\x90\0" + b"\0" * 100)
    (tmp_path / "page.pdf").write_text("<html><script>alert(1)</script></html>")
    # Two encodings in one file: whichever is believed, a name becomes another.
    (tmp_path / "mixed.csv").write_bytes("course,teacher\nEspañol,".encode() + b"Mu\xf1oz\n")
    for name, trouble in (("empty.pdf", "fileEmpty"), ("game.exe", "fileTypeNotAllowed"),
                          ("page.pdf", "fileTypeNotAllowed"), ("mixed.csv", "fileLettersNotKnown")):
        Answer(office).attach(tmp_path / name).send()
        office.sees_errors(words(f"trouble.{trouble}", file=name))
        assert office.page.locator("#note").input_value() == "Two pages are missing."
        assert office.page.locator("#name").input_value() == "Ana Treviño"
    evil = "<img src=x onerror=alert(1)>.exe"
    (tmp_path / evil).write_bytes(b"MZ\x90\0" + b"\0" * 100)
    Answer(office).attach(tmp_path / evil).send()
    office.sees_errors()
    office.sees("alert(1)")
    assert office.page.locator("img").count() == 0


def test_an_upload_cut_short_leaves_nothing(people, gateway, asked):
    number, mail = asked
    office = people(gateway.url)
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    form = office.page.locator("form[data-upload]")
    csrf = form.locator("input[name=csrf]").get_attribute("value")
    path = form.get_attribute("action")
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in office.page.context.cookies())
    boundary = "frontier"
    body = (f"--{boundary}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n"
            f"--{boundary}\r\nContent-Disposition: form-data; name=\"files\"; "
            "filename=\"long.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4 ").encode()
    connection = http.client.HTTPConnection("localhost", gateway.port, timeout=20)
    connection.putrequest("POST", urllib.parse.urlsplit(path).path)
    for name, value in (("Cookie", cookies), ("Content-Length", "1000000"),
                        ("Content-Type", f"multipart/form-data; boundary={boundary}"),
                        ("Origin", gateway.url)):
        connection.putheader(name, value)
    connection.endheaders(body + b"x" * 20_000)
    connection.close()
    rosa = people(gateway.url)
    staff.come_back(rosa, ROSA)
    rosa.go(f"/requests/{number}/records")
    rosa.sees(rosa.words("records.none"))
    from harness.processes import wait_for
    wait_for(lambda: not list((gateway.data / "data/work").rglob("*")), 20, "an empty work folder")


def test_a_link_that_is_not_one(people, gateway):
    person = people(gateway.url)
    person.go("/r/00000000000000000000000000")
    person.sees_heading(person.words("dead.title"))
    person.sees(person.words("obstacle.unknown"))


def test_five_wrong_codes_close_the_link_and_a_new_one_goes_to_the_address_on_file(
        people, gateway):
    grace, office = people(gateway.url), people(gateway.url)
    words = office.words
    staff.come_back(grace, staff.GRACE)
    number = staff.file_request(grace, MARISOL, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    office.go(mail["link"])
    for left in (4, 3, 2, 1):
        clerk.enter_code(office, "AAAAAA")
        office.sees_errors(words("trouble.linkCodeWrong", left=left))
    clerk.enter_code(office, "AAAAAA")
    office.sees_heading(words("dead.title"))
    office.sees(words("obstacle.tooManyWrongCodes"))
    office.go(mail["link"])
    office.sees(words("obstacle.tooManyWrongCodes"))
    # Nobody can flood a mailbox with the button: at most one mail a minute, so time goes on.
    staff.move_clock(grace, "day")
    office.go(mail["link"])
    office.press(words("dead.newButton"))
    office.sees_heading(words("newLink.title"))
    assert "ana.trevino" not in office.text()
    fresh = clerk.the_mail(office, number, to="ana.trevino@", subject="your new link")
    assert fresh["link"] != mail["link"]
    office.go(fresh["link"])
    clerk.enter_code(office, fresh["code"])
    office.sees(MARISOL.name)


def test_a_number_that_is_not_ours(people, gateway, asked):
    number, _ = asked
    person = people(gateway.url)
    words = person.words
    person.go("/check")
    for typed, trouble in (("hello", "numberMalformed"), ("RQ-7Q4K9-2PMXD", None)):
        person.fill(words("field.number.label"), typed)
        person.press(words("verify.button"))
        assert person.page.get_by_role("alert").count() == 1
        if trouble:
            person.sees_errors(words(f"trouble.{trouble}"))
        assert person.page.locator("#number").input_value() == typed
    person.fill(words("field.number.label"), number.lower())
    person.press(words("verify.button"))
    person.sees(words("verify.found"), "Davis High School", WESLACO)
    assert not any(secret in person.text() for secret in MARISOL.secrets)


def test_a_wrong_password_says_nothing_about_the_account(people, gateway):
    person = people(gateway.url)
    words = person.words
    for email in ("nobody@davis-high.example", "theo.abara@mochila.example"):
        person.go("/sign-in")
        person.fill(words("field.email.label"), email)
        person.fill(words("field.password.label"), "not the password")
        person.press(words("signIn.button"))
        person.sees_errors(words("trouble.signInFailed"))
        assert person.page.locator("#email").input_value() == email
        assert person.page.locator("#password").input_value() == ""
