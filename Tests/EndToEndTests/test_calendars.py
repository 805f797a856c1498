"""Calendars by page: a file is looked at, taken over, and taken along."""
import pytest
from harness.browser import PHONE
from pages import staff
from pages.staff import PATRICIA, ROSA

DISTRICT = "/contacts/district:4844960"


def calendar(path, *stretches):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, (name, first, end, kind) in enumerate(stretches):
        lines += ["BEGIN:VEVENT", f"UID:{number}@weslaco.example", f"SUMMARY:{name}",
                  f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{end}",
                  f"CATEGORIES:{kind}", "END:VEVENT"]
    path.write_text("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n")
    return path


@pytest.fixture
def patricia(people, gateway):
    return staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)


def test_a_file_is_looked_at_taken_over_and_taken_along(patricia, tmp_path):
    words = patricia.words
    patricia.go(DISTRICT)
    patricia.follow(words("calendar.title"))
    patricia.press(words("many.look"))
    patricia.sees_errors(words("trouble.feedFileMissing"))

    overlapping = calendar(tmp_path / "a.ics",
                           ("Long summer", "20260615", "20260820", "SUMMER"),
                           ("July", "20260701", "20260801", "BREAK"))
    patricia.attach(words("calendar.file"), overlapping)
    patricia.press(words("many.look"))
    patricia.sees(words("calendar.unusable"), words("calendar.mend"),
                  words("calendarTrouble.overlap", first="Long summer", second="July"))
    repeating = tmp_path / "b.ics"
    repeating.write_text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260615\r\n"
                         "RRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    patricia.attach(words("calendar.file"), repeating)
    patricia.press(words("many.look"))
    patricia.sees(words("calendarFault.repeats"))

    good = calendar(tmp_path / "c.ics", ("Long summer", "20260615", "20260820", "SUMMER"))
    patricia.attach(words("calendar.file"), good)
    patricia.press(words("many.look"))
    patricia.sees(words("calendar.would"), words("calendar.added"), "Long summer")
    patricia.go(DISTRICT)
    patricia.sees_not("Long summer")

    patricia.go(DISTRICT + "/calendar")
    patricia.attach(words("calendar.file"), good)
    patricia.press(words("many.look"))
    patricia.press(words("calendar.take"))
    patricia.sees(words("notice.calendarChanged"), "Long summer")
    patricia.go(DISTRICT + "/calendar")
    patricia.attach(words("calendar.file"), good)
    patricia.press(words("many.look"))
    patricia.sees(words("calendar.same"))
    kept = patricia.download(words("calendar.download"), tmp_path / "kept.ics").read_text()
    assert "SUMMARY:Long summer" in kept and "DTSTART;VALUE=DATE:20260615" in kept


def test_whoever_does_not_keep_an_organisation_finds_no_calendar_of_it(people, gateway):
    rosa = staff.come_back(people(gateway.url, js=False, check=False), ROSA)
    for path in ("/calendar", "/calendar.ics"):
        assert rosa.page.goto(gateway.url + DISTRICT + path).status == 404
