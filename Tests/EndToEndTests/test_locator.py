"""Where the records are: what the locator shows, what it keeps back, and when it stops."""
from pages import staff
from pages.staff import (ADMINISTRATOR, CALIFORNIA, FLORIDA, MARISOL, PATRICIA, ROSA, Student, Wizard)

# Juan Carlos at Weslaco East in Texas and Juan Manuel at Immokalee in Florida.
JUAN = Student("Juan", "García", "López", "2010-11-02")


def test_two_who_look_alike_are_told_apart_by_what_the_family_says(people, gateway):
    rosa = staff.come_back(people(gateway.url, js=False), ROSA)
    words = rosa.words
    wizard = Wizard(rosa).begin().student(JUAN)
    wizard.sees("place.title")
    rosa.sees(words("outlook.several"), "Juan C. García López", "Juan M. García López",
              words("place.statedTitle"))
    hidden = ["Carlos", "Manuel", "Weslaco", "Immokalee", "484496008851", "120033000355"]
    assert not [word for word in hidden if word in rosa.page.content()]
    rosa.press(words("place.statedButton"))
    rosa.sees_errors(words("trouble.statedPlaceMissing"))
    rosa.fill(words("field.statedPlace.label"), "Dallas")
    rosa.press(words("place.statedButton"))
    rosa.sees(words("place.statedMisses"))
    rosa.fill(words("field.statedPlace.label"), "weslaco")
    rosa.press(words("place.statedButton"))
    rosa.sees("Weslaco East High School")
    assert "Immokalee" not in rosa.page.content()
    wizard.place("Weslaco East High School")
    wizard.sees("purpose.title")


def test_everything_wrong_with_a_student_is_said_at_once_and_kept(people, gateway):
    rosa = staff.come_back(people(gateway.url), ROSA)
    words = rosa.words
    mixed, long = "M\u0430risol", "Reyes" * 100
    Wizard(rosa).begin().student(MARISOL, purpose=None, given=mixed, middle=long,
                                 paternalSurname="", birthYear="2030")
    rosa.sees_errors(words("trouble.mixedAlphabets"), words("trouble.tooLong", limit=200),
                     words("trouble.surnameMissing"), words("trouble.birthDateInFuture"),
                     words("trouble.purposeMissing"))
    for field, value in (("given", mixed), ("middle", long), ("birthYear", "2030")):
        assert rosa.page.locator(f"#{field}").input_value() == value
    rosa.press(words("wizard.discard"))


def test_a_closed_school_leads_to_who_has_its_records(people, gateway):
    rosa = staff.come_back(people(gateway.url, language="es"), ROSA)
    words = rosa.words
    wizard = Wizard(rosa).begin().student(MARISOL)
    wizard.search(name="middle", town="Crescent City", zip="99999", state="Florida")
    rosa.sees(words("search.leftOutZIP"),
              words("search.custodian", custodian="Putnam Closed School Records (demonstration)"))
    wizard.search(town="Weslaco", district="weslaco", zip="78596")
    rosa.sees("Weslaco, Texas")


def test_guessing_ends_at_the_budget_and_does_not_begin_anew(people, fresh_gateway):
    gateway = fresh_gateway("--lookups", "2")
    gateway.start()
    rosa = staff.come_back(people(gateway.url), ROSA)
    words = rosa.words
    wizard = Wizard(rosa).begin().student(MARISOL)
    for _ in range(3):
        wizard.search(name="Weslaco")
    for digit in "12":
        wizard = Wizard(rosa).begin().student(MARISOL, stateStudentID=digit)
    spent = words.start("outlook.spent")
    rosa.sees(spent, words("place.spentHelp"), "1-800-555-0100")
    page = rosa.page.url
    rosa.looks_away()
    gateway.stop()
    gateway.start()
    rosa.go(page)
    rosa.sees(spent)
    # The work goes on without the locator.
    rosa.choose("~" + words("place.unknown"))
    rosa.press(words("form.continue"))
    wizard.sees("purpose.title")

    ingrid = staff.come_back(people(gateway.url), ADMINISTRATOR)
    ingrid.go("/locator")
    ingrid.sees_row("Rosa Delgado", words("lookups.spent"), "2 of 2")
    ingrid.go("/demo/mail")
    ingrid.follow("~Rosa Delgado at Davis", within="ingrid.vance@mochila.example")
    ingrid.sees("/locator")
    dolores = staff.come_back(people(gateway.url), CALIFORNIA)
    dolores.go("/locator")
    dolores.sees(words("lookups.nothing"))


COLUMNS = ("entry_id,last_name1,last_name2,first_name,middle_name,generation,gender,birth_date,"
           "birth_city,birth_state,birth_country,parent1_last,parent1_first,parent2_last,"
           "parent2_first,state_student_id,enroll_date,withdraw_date,school_id")
WESLACO, DAVIS = "484496008851", "531011001689"


def extract(*rows):
    """A file with the plain columns."""
    names = COLUMNS.split(",")
    lines = [",".join(row.get(name, "") for name in names) for row in rows]
    return "\n".join([COLUMNS, *lines, ""]).encode()


def entry(number, first, last, born, school=WESLACO):
    return {"entry_id": str(number), "first_name": first, "last_name1": last, "birth_date": born,
            "enroll_date": "2025-08-18", "withdraw_date": "2026-04-10", "school_id": school}


def until(person, text):
    """Looks again until the page says so."""
    for _ in range(120):
        if text in person.text():
            return
        person.page.wait_for_timeout(250)
        person.page.goto(person.page.url)
    raise AssertionError(f"{text!r} did not come: {person.text()}")


def test_a_state_hands_in_its_extract_and_what_it_says_is_found(people, gateway, tmp_path):
    patricia = staff.come_back(people(gateway.url, js=False), PATRICIA)
    words = patricia.words
    patricia.go("/locator")
    patricia.follow(words("feeds.title"))
    patricia.sees(words("feeds.none"))
    patricia.fill(words("field.feedName.label"), "Texas Plain")
    patricia.press(words("feeds.registerButton"))
    patricia.sees_errors(words("trouble.feedNameUnusable"))
    patricia.fill(words("field.feedName.label"), "texas-plain")
    patricia.press(words("feeds.registerButton"))
    patricia.sees(words("notice.feedRegistered"), words("feed.noHistory"))

    patricia.press(words("feed.check"))
    patricia.sees_errors(words("trouble.feedFileMissing"), words("trouble.feedModeMissing"))
    (tmp_path / "may.csv").write_bytes(extract(
        entry(1, "Perla", "Quintanilla", "2011-10-03"), entry(2, "Nobody", "Atall", "2011-13-03"),
        entry(3, "Wrong", "State", "2011-10-03", DAVIS)))
    patricia.choose("~" + words("feedMode.changes"))
    patricia.attach(words("feed.file"), tmp_path / "may.csv")
    patricia.press(words("feed.check"))
    until(patricia, words("feedStage.checked"))
    patricia.sees_row("3", "birth_date", words("refusedRow.notADate"))
    patricia.sees_row("4", "school_id", words("refusedRow.schoolOfAnother"))
    refused = patricia.page.context.request.get(gateway.url + "/locator/feeds/texas-plain/refused.csv")
    assert refused.text().count("\r\n") == 3 and "Nobody" not in refused.text()
    patricia.press(words("feed.apply"))
    until(patricia, words("feedStage.applied"))
    patricia.sees_row("may.csv", words("feedStatus.applied"))

    rosa = staff.come_back(people(gateway.url, language="es"), ROSA)
    Wizard(rosa).begin().student(Student("Perla", "Quintanilla", "", "2011-10-03"))
    rosa.sees("Weslaco East High School")

    other = staff.come_back(people(gateway.url), CALIFORNIA)
    assert other.page.goto(gateway.url + "/locator/feeds/texas-plain").status == 404


def test_bad_files_are_each_answered_and_nothing_is_half_applied(people, gateway, tmp_path):
    samuel = staff.come_back(people(gateway.url, js=False), FLORIDA)
    words, school = samuel.words, "120033000355"
    samuel.go("/locator/feeds")
    samuel.fill(words("field.feedName.label"), "florida-plain")
    samuel.press(words("feeds.registerButton"))

    def hands_in(name, content, word):
        (tmp_path / name).write_bytes(content)
        samuel.choose("~" + words("feedMode.changes"))
        samuel.attach(words("feed.file"), tmp_path / name)
        samuel.press(words("feed.check"))
        until(samuel, word)

    good = extract(entry(1, "Íñigo", "Peñaloza", "2010-04-05", school))
    hands_in("empty.csv", b"", words("trouble.fileEmpty", file="empty.csv"))
    for name, content, word in (
            ("sheet.csv", b"PK\x03\x04" + bytes(60), words("feedTrouble.notText")),
            ("mixed.csv", good + "Peñaloza".encode("latin-1"), words("feedTrouble.twoEncodings")),
            ("cut.csv", good[:-20], words("feedTrouble.cutOff", row=2)),
            ("quote.csv", good + b'2,"Pe', words("feedTrouble.quoteNeverClosed", row=3)),
            ("header.csv", COLUMNS.encode() + b"\n", words("feedTrouble.noRows")),
            ("other.csv", b"a,b\n1,2\n", words.start("feedTrouble.columnsMissing"))):
        hands_in(name, content, word)
        samuel.sees_not(words("feed.apply"))
    samuel.sees(words("feed.noHistory"))

    # What is wrong with a row is said of that row; what Windows wrote is read.
    rows = extract(entry(1, "Íñigo", "Peñaloza", "2010-04-05", school),
                   entry(2, "Ana", "", "2010-04-05", school),
                   entry(3, "A" * 500, "B", "2010-02-30", school),
                   entry(4, "Ana", "Peñaloza", "2031-04-05", school)).decode().encode("latin-1")
    hands_in("windows.csv", rows, words("feedStage.checked"))
    for row, column, reason in (("3", "last_name1", "missing"), ("4", "first_name", "tooLong"),
                                ("4", "birth_date", "notADate"), ("5", "birth_date", "dateInFuture")):
        samuel.sees_row(row, column, words(f"refusedRow.{reason}"))
    samuel.press(words("feed.apply"))
    until(samuel, words("feedStage.applied"))

    rosa = staff.come_back(people(gateway.url), ROSA)
    Wizard(rosa).begin().student(Student("Inigo", "Penaloza", "", "2010-04-05"))
    rosa.sees("Immokalee High School")
