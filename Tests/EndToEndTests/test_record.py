"""The record itself: typed in or read from a school's file, bundled, and shown on one page."""
import json, re, subprocess, zipfile
import pytest
from harness.browser import PHONE
from pages import clerk, staff
from pages.clerk import Answer
from pages.staff import EMILIANO, JOSE, MARISOL, ROSA

WESLACO = "Weslaco East High School"
COURSES = ("Course Title,Course Year,Clock Hours,Grade-to-date,Credits Granted,Standard Code\r\n"
           "Algebra I,2024,,,1.0,02052\r\nBiology,2024,,,.5,03051\r\nChemistry,2025,58,79,,03101\r\n"
           "Art,2024,,,one,05154\r\n")


@pytest.fixture
def asked(people, gateway):
    def ask(student, school=WESLACO, to="ana.trevino@", **settings):
        rosa, office = people(gateway.url), people(gateway.url, **settings)
        staff.come_back(rosa, ROSA)
        number = staff.file_request(rosa, student, school)
        mail = clerk.the_mail(office, number, to=to)
        office.go(mail["link"])
        clerk.enter_code(office, mail["code"])
        return rosa, office, number
    return ask


def type_in(office, **doses):
    words = office.words
    office.open_details(words("typed.title"))
    for vaccine, dates in doses.items():
        office.fill(words(f"vaccine.{vaccine}"), dates)


def course(office, row, title, **typed):
    words = office.words
    within = f"{words('typed.course')} {row}"
    office.fill(words("typed.courseTitle"), title, within=within)
    for field, value in typed.items():
        office.fill(words(f"typed.{field}"), value, within=within)


def sheet(rosa, number, use="G"):
    """The one page, once the answer was sealed."""
    for _ in range(100):
        rosa.page.goto(rosa.base + f"/requests/{number}/records")
        if rosa.page.get_by_role("link", name=rosa.words("sheet.open")).count():
            break
        rosa.page.wait_for_timeout(200)
    rosa.follow(rosa.words("sheet.open"))
    rosa.go(f"/requests/{number}/record?use={use}")


def test_what_is_in_no_file_is_typed_in_without_scripts(asked, tmp_path, chromium):
    rosa, office, number = asked(MARISOL, js=False, width=PHONE)
    answer = Answer(office)
    type_in(office, mmr="4/2/2011, 3/30/2014", dtap="2/30/2011")
    course(office, 1, "Algebra II", hours="61", grade="84")
    answer.say().send()
    # The one date that is none comes back with everything else as it was typed.
    office.sees_errors(office.words("trouble.doseUnreadable", found="2/30/2011"))
    office.fill(office.words("vaccine.dtap"), "2/3/2009")
    answer.send()
    office.sees(office.words("trouble.doseImpossible", day="February 3, 2009"))
    office.fill(office.words("vaccine.dtap"), "2/3/2011")
    assert Answer(office).send().receipt()

    sheet(rosa, number)
    rosa.sees("MMR ×2: 4/2/2011, 3/30/2014", "DTaP ×1: 2/3/2011")
    rosa.sees("Algebra II (61.00 h, 84.00 %)")
    rosa.go(f"/requests/{number}/record?use=E")
    rosa.sees("MMR ×2: 4/2/2011, 3/30/2014")
    rosa.sees_not("Algebra II (61.00 h, 84.00 %)")


def test_a_school_system_s_file_becomes_the_record_and_travels_in_the_bundle(asked, tmp_path, chromium):
    rosa, office, number = asked(EMILIANO)
    (tmp_path / "courses.csv").write_text(COURSES)
    answer = Answer(office).attach(tmp_path / "courses.csv")
    type_in(office, mmr="4/2/2011")
    assert answer.say().send().receipt()
    sheet(rosa, number)
    # One page of US Letter, and a table that adds up.
    rosa.sees_row("Total", "1.50")
    rosa.sees("MMR ×1: 4/2/2011")
    pages = rosa.page.pdf(format="Letter", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 1

    rosa.page.goto(rosa.base + f"/requests/{number}/records")
    saved = rosa.download(rosa.words("records.everything"), tmp_path / "everything.zip")
    with zipfile.ZipFile(saved) as archive:
        names = archive.namelist()
        assert {"record.json", "record.html", "files/courses.csv"} <= set(names)
        assert "files/record.json" not in names
        record = json.loads(archive.read("record.json"))
        page = archive.read("record.html").decode()
    assert record["mochilaRecord"] == 1
    titles = [entry["values"].get("62") for entry in record["entries"] if entry["group"] == "course"]
    assert titles == ["Algebra I", "Biology", "Chemistry", "Art"]
    # What could not be read is not invented.
    art = next(entry for entry in record["entries"] if entry["values"].get("62") == "Art")
    assert "70" not in art["values"]
    assert "MMR ×1: 4/2/2011" in page and "<script" not in page and "http" not in page.split("</head>")[1]


def test_an_answer_of_files_alone_is_as_before(asked, tmp_path):
    from samples import pdf
    rosa, office, number = asked(JOSE, "Immokalee High School", "marie.baptiste@")
    answer = Answer(office).attach(pdf(tmp_path / "transcript.pdf"))
    assert answer.say().send().receipt()
    staff.open_request(rosa, number)
    rosa.go(f"/requests/{number}/record")
    rosa.sees(rosa.words("sheetStanding.inFiles"))


def test_the_program_checks_and_converts_files(program, tmp_path):
    (tmp_path / "courses.csv").write_text(COURSES)
    checked = subprocess.run([program, "record", "check", tmp_path / "courses.csv"],
                             capture_output=True, text=True)
    assert checked.returncode == 65
    assert 'row 5: element 70 Credits Granted: found "one"' in checked.stdout
    done = subprocess.run([program, "record", "convert", tmp_path / "courses.csv", "--to", "json",
                           "--out", tmp_path / "record.json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    again = subprocess.run([program, "record", "check", tmp_path / "record.json"],
                           capture_output=True, text=True)
    assert again.returncode == 0 and "4 entries read" in again.stdout
