"""Many requests answered from the files of one export: by page and by command."""
import subprocess

import pytest
from harness.browser import PHONE
from pages import staff
from pages.staff import EMILIANO, MARISOL, PATRICIA, ROSA, XOCHITL, status

WESLACO = "Weslaco East High School"


@pytest.fixture(scope="module")
def numbers(gateway, chromium):
    """Rosa has asked one school for three students."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = Person(page, faults, gateway.url)
        staff.come_back(rosa, ROSA)
        numbers = [staff.file_request(rosa, student, WESLACO)
                   for student in (EMILIANO, MARISOL, XOCHITL)]
        rosa.nothing_went_wrong()
    return numbers


@pytest.fixture
def patricia(people, gateway, numbers):
    return staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)


def born(student):
    return f"{student.year}-{student.month}-{student.day}"


def export(path, *rows):
    lines = ["Request Number,Birth Date,Course Title,Course Type,Final Grade", *rows]
    path.write_text("\r\n".join(lines) + "\r\n")
    return path


def until(person, word):
    """Looks again until the files have come so far."""
    shown = person.page.get_by_role("status").filter(has_text=word)
    staff.wait_for(person, "/many-answers", shown.count, word)


def looked(person, certain, doubtful):
    return person.words("manyStage.looked", certain=certain, doubtful=doubtful)


def test_a_state_contact_answers_the_chosen_requests_from_one_file(
        patricia, people, gateway, numbers, tmp_path):
    words = patricia.words
    patricia.go("/queue?view=all")
    for number in numbers[:2]:
        patricia.choose(f"Select {number}")
    patricia.press(words("many.link"))
    patricia.sees_heading(words("many.title"))
    patricia.sees(*numbers[:2])
    # Without a file the page comes back with what was chosen.
    patricia.press(words("many.look"))
    patricia.sees_errors(words("trouble.feedFileMissing"))
    patricia.sees(*numbers[:2])

    table = export(tmp_path / "export.csv",
                   f"{numbers[0]},,Algebra I,01,A", f"{numbers[0]},,Biology,01,B",
                   f",{born(MARISOL)},English I,01,A", f"{numbers[2]},,Art,01,A",
                   ",,Nobody,01,A", "RQ-7Q4K9-2PMXX,,Mistyped,01,A")
    scan = tmp_path / "notes.csv"
    scan.write_text("name,town\r\nsomebody,Austin\r\n")
    patricia.attach(words("many.files"), table, scan)
    patricia.press(words("many.look"))
    until(patricia, looked(patricia, 1, 1))
    patricia.sees_row(numbers[0], words("manyLine.certain"))
    patricia.sees_row(words("manyLine.inPart"))
    # It was not chosen in the queue.
    patricia.sees_row(words("manyLine.nobody"))
    patricia.sees(words("manyRefusal.nobodyNamed"), words("manyRefusal.requestMalformed"),
                  words("manyRefusal.notARecord"), words("many.inPlace"))
    assert not any(secret in patricia.page.content() for secret in EMILIANO.secrets)

    box = patricia.page.locator("select[name^=choice]")
    assert numbers[1] in box.inner_text()
    box.select_option(index=1)
    patricia.press(words("many.send"))
    until(patricia, words("manyStage.sent", count=2, others=1))
    patricia.sees_row(numbers[0], words("manyLine.sentInPart"))
    patricia.sees_row(numbers[1], words("manyLine.sentInPart"))

    rosa = staff.come_back(people(gateway.url), ROSA)
    for number in numbers[:2]:
        staff.open_request(rosa, number)
        assert status(rosa) == rosa.words("status.partlyAnswered")
    staff.open_request(rosa, numbers[2])
    assert status(rosa) != rosa.words("status.partlyAnswered")


def test_the_same_file_again_sends_nothing_twice(patricia, people, gateway, numbers, tmp_path):
    words = patricia.words
    patricia.go("/many-answers")
    table = export(tmp_path / "export.csv",
                   f"{numbers[0]},,Algebra I,01,A", f"{numbers[0]},,Biology,01,B")
    patricia.attach(words("many.files"), table)
    patricia.press(words("many.look"))
    until(patricia, looked(patricia, 0, 0))
    patricia.sees_row(numbers[0], words("manyLine.sentBefore"))
    assert not patricia.page.get_by_role("button", name=words("many.send")).count()
    patricia.press(words("feed.discard"))
    patricia.sees(words("many.amongAll"))


def test_the_page_speaks_spanish(people, gateway, numbers, tmp_path):
    patricia = staff.come_back(
        people(gateway.url, js=False, width=PHONE, language="es"), PATRICIA)
    words = patricia.words
    patricia.go("/many-answers")
    table = export(tmp_path / "export.csv", f",{born(XOCHITL)},Arte,01,A", ",,Nadie,01,A")
    patricia.attach(words("many.files"), table)
    patricia.press(words("many.look"))
    until(patricia, looked(patricia, 0, 1))
    patricia.sees(words("many.certify"), words("manyRefusal.nobodyNamed"))
    patricia.press(words("feed.discard"))


def test_a_school_of_many_rows_is_marked_closed_once(patricia, numbers):
    words = patricia.words
    patricia.go("/queue?view=all")
    for number in numbers[1:]:
        patricia.choose(f"Select {number}")
    patricia.press(words("queue.markClosedMany"))
    patricia.sees(words("bulk.would"), words("bulk.opens"), *numbers[1:])
    patricia.press(words("bulk.button"))
    patricia.sees_errors(words("trouble.backMissing"))
    for box, value in (("Month", "6"), ("Day", "1"), ("Year", "2026")):
        patricia.fill(words(f"field.back{box}.label"), value)
    patricia.press(words("bulk.button"))
    patricia.sees(words("bulk.done"), *numbers[1:])
    # The other one was answered in part, so that it waits for something else.
    patricia.go("/queue?view=closedSchools")
    patricia.sees(numbers[2])


def test_files_that_a_restart_lost_are_asked_for_again(people, fresh_gateway, tmp_path):
    gateway = fresh_gateway()
    gateway.start()
    patricia = staff.come_back(people(gateway.url, js=False, width=PHONE), PATRICIA)
    words = patricia.words
    table = export(tmp_path / "export.csv", ",,Nobody,01,A")
    patricia.go("/many-answers")
    patricia.sees_not(words("many.lostTitle"))
    patricia.attach(words("many.files"), table)
    patricia.press(words("many.look"))
    until(patricia, looked(patricia, 0, 0))
    patricia.looks_away()
    gateway.kill()
    gateway.start()
    patricia.go("/many-answers")
    patricia.sees(words("many.lostTitle"), words("many.lost"))
    patricia.attach(words("many.files"), table)
    patricia.press(words("many.look"))
    until(patricia, looked(patricia, 0, 0))
    patricia.sees_not(words("many.lostTitle"))
    patricia.press(words("feed.discard"))
    patricia.sees_not(words("many.lostTitle"))


def test_the_command_looks_first_and_sends_what_is_certain(program, gateway, numbers, tmp_path):
    table = export(tmp_path / "export.csv", f"{numbers[2]},,Art,01,A")
    subprocess.run([program, "init", tmp_path / "place", "--address", "https://oak.example"],
                   check=True, capture_output=True)
    (gateway.data / "mochila.yaml").write_text((tmp_path / "place/mochila.yaml").read_text())

    def answers(*arguments):
        return subprocess.run(
            [program, "answers", "--at", gateway.data, "--as", PATRICIA, *arguments, table],
            capture_output=True, text=True, timeout=120)
    look = answers()
    assert look.returncode == 0, look.stderr
    assert f"answers {numbers[2]}" in look.stdout and "Nothing was sent" in look.stdout
    sent = answers("--send")
    assert sent.returncode == 0, sent.stderr + sent.stdout
    assert f"{numbers[2]}: sent in part" in sent.stdout
    again = answers("--send")
    assert f"{numbers[2]}: sent before" in again.stdout
    # Who answers for nobody is told so, and nothing is read.
    refused = subprocess.run(
        [program, "answers", "--at", gateway.data, "--as", "nobody@nowhere.example", table],
        capture_output=True, text=True, timeout=120)
    assert refused.returncode != 0 and "no such account" in refused.stderr
