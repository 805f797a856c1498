"""The record itself: typed in or read from a school's file, bundled, and shown on one page."""
import hashlib, json, re, subprocess, zipfile
from xml.etree import ElementTree
import jsonschema, numpy, pytest, zxingcpp
from harness.browser import PHONE, accessibility_faults
from harness.processes import ROOT
from playwright.sync_api import expect
from pages import clerk, elements, staff
from pages.clerk import Answer
from pages.staff import EMILIANO, JOSE, MARISOL, ROSA, XOCHITL

WESLACO, DAVIS = "Weslaco East High School", "school:531011001689"
SCHEMA = ROOT / "docs/schemas/record-1.schema.json"
COURSES = ("Course Title,Course Year,Clock Hours,Grade-to-date,Credits Granted,Standard Code\r\n"
           "Algebra I,2024,,,1.0,02052\r\nBiology,2024,,,.5,03051\r\nQuímica,2025,58,79,,03101\r\n"
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
    office.open_details(words("field.doses.label"))
    for vaccine, dates in doses.items():
        office.fill(words(f"vaccine.{vaccine}"), dates)


def course(office, row, title, **typed):
    words = office.words
    within = f"{words('typed.course')} {row}"
    if not office.page.get_by_role("group", name=within, exact=True).is_visible():
        office.open_details(within)
    office.fill(words("typedBox.title"), title, within=within)
    for field, value in typed.items():
        office.fill(words(f"typedBox.{field}"), value, within=within)


def read_on_one_page(rosa, number):
    """From the answer to its one page, once the answer was sealed."""
    words = rosa.words
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: rosa.page.get_by_role("link", name=words("sheet.open")).count(),
                   "the record on one page")
    # Every answer with a record leads to the same page.
    rosa.page.get_by_role("link", name=words("sheet.open")).first.click()


def for_use(rosa, use):
    rosa.follow(rosa.words(f"use.{use}"))


# What is left when doses and courses are given.
OTHER_PARTS = {"enrollment": "toFollow", "healthAlert": "none", "assessment": "withheld",
               "specialEducation": "none"}


def say_of(answer, parts):
    for part, said in parts.items():
        answer.part(part, said)


def said_nothing(office, part):
    return office.words("trouble.partNotSaid", part=office.words(f"part.{part}"))


def invalid(office):
    return sorted(office.page.locator("[aria-invalid=true]").evaluate_all("all => all.map(one => one.id)"))


def refused(office, *messages):
    """What was sent comes back with its problems; only then is there something to look at."""
    link = office.page.get_by_role("alert").get_by_role("link", name=messages[0], exact=True)
    expect(link).to_be_visible()
    office._arrived()
    office.sees_errors(*messages)


def opened_with_stock_tools(gateway, sealed, folder):
    """Decrypts the bundle and checks its manifest with nothing but openssl; the archive's files."""
    keys = gateway.data / "keys"

    def openssl(*arguments):
        done = subprocess.run(["openssl", "cms", *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    openssl("-decrypt", "-binary", "-inform", "DER", "-in", sealed, "-recip", keys / "encryption.pem",
            "-inkey", keys / "encryption.key", "-out", folder / "opened.zip")
    with zipfile.ZipFile(folder / "opened.zip") as archive:
        archive.extractall(folder / "opened")
        files = {name: archive.read(name) for name in archive.namelist()}
    openssl("-verify", "-binary", "-inform", "DER", "-in", folder / "opened/manifest.p7s",
            "-content", folder / "opened/manifest.json", "-CAfile", keys / "ca.pem",
            "-purpose", "any", "-out", folder / "checked.json")
    return files


def stock(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


def square_code(pdf):
    """What a phone reads on the first page."""
    image = pdf.with_suffix("")
    stock("pdftoppm", "-gray", "-r", "150", "-f", "1", "-singlefile", pdf, image)
    raw = image.with_suffix(".pgm").read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
    width, height = int(head[1]), int(head[2])
    pixels = numpy.frombuffer(raw, numpy.uint8, width * height, head.end()).reshape(height, width)
    return [code.text for code in zxingcpp.read_barcodes(pixels)]


def on_paper(gateway, number, pdf, *texts):
    """One page that says what the web page does, signed so that stock tools see it."""
    said = stock("pdfsig", pdf)
    assert "Signature is Valid" in said and "Total document signed" in said
    assert "No syntax or stream encoding errors" in stock("qpdf", "--check", pdf)
    assert re.search(r"Pages:\s+1\n", stock("pdfinfo", pdf))
    assert all(" yes yes yes " in row for row in stock("pdffonts", pdf).splitlines()[2:])
    words = stock("pdftotext", "-layout", pdf, "-")
    for text in (EMILIANO.name, number, *texts):
        assert text in words, text
    assert square_code(pdf) == [f"{gateway.url}/check?number={number}"]


def takes_along(rosa, gateway, number, folder):
    """Files for the school's own system: by use, no more than it needs, and written down."""
    words = rosa.words

    def take(name, use, **payload):
        rosa.go(f"/requests/{number}/record?use={use}")
        return rosa.download(words(f"copy.{name}", **payload), folder / name).read_text()

    whole = json.loads(take("json", "G"))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(whole)
    assert {"course", "immunization"} <= {entry["group"] for entry in whole["entries"]}
    to_enroll = json.loads(take("json", "E"))
    assert {entry["group"] for entry in to_enroll["entries"]} == {"immunization"}
    rosa.sees_not(words("copy.csv", group=words("group.course")))
    table = take("csv", "P", group=words("group.course"))
    assert "Algebra I" in table and "4/2/2011" not in table
    transcript = ElementTree.fromstring(take("pesc", "G").encode())
    courses = {course.findtext("CourseTitle"): course.findtext("CourseAcademicGradeStatusCode")
               for course in transcript.iter("Course")}
    assert courses == {"Algebra I": "Completed", "Biology": "Completed",
                       "Química": "InProgress", "Art": None}
    composite = json.loads(take("edFi", "G"))[0]
    credits = {course["courseTitle"]: course.get("earnedCredits")
               for term in composite["studentAcademicRecords"] for course in term["courseTranscript"]}
    assert credits == {"Algebra I": 1, "Biology": 0.5, "Química": None, "Art": None}
    rosa.go(f"/requests/{number}/record?use=G")
    rosa.download(words("copy.pdf"), folder / "page.pdf")
    on_paper(gateway, number, folder / "page.pdf", "MMR ×1: 4/2/2011", "Química", "1.50")
    # The code only fills in the form; whoever follows it presses the button.
    rosa.go(f"/check?number={number}")
    expect(rosa.page.get_by_label(words("field.number.label"), exact=True)).to_have_value(number)
    rosa.go(f"/requests/{number}/disclosures")
    rosa.sees("record.pdf (G)", "record.json (G)", "record.json (E)", "course.csv (P)", "transcript.pesc.xml (G)",
              "transcript.ed-fi.json (G)")
    # What the request was not made for is not there at all.
    assert rosa.page.request.get(f"{rosa.base}/requests/{number}/record/school.csv").status == 404


def test_what_is_in_no_file_is_typed_in_on_a_phone_without_scripts(asked):
    rosa, office, number = asked(MARISOL, js=False, width=PHONE, language="es")
    # An answer in its own right: both are read as one record below.
    elements.adds_a_dose(office, "Rabies", "4/4/2013")
    answer = Answer(office)
    type_in(office, mmr="4/2/2011, 3/30/2014", dtap="2/30/2011")
    course(office, 1, "Algebra II", hours="61", grade="84")
    course(office, 2, "", hours="sesenta")
    answer.say().send()
    # All that cannot be read is said at once, with everything else as it was typed.
    refused(office, office.words("trouble.doseUnreadable", found="2/30/2011"),
            office.words("trouble.courseUnreadable", row=2, found="sesenta"),
            office.words("trouble.courseTitleMissing", row=2))
    # Only what is wrong is marked, and what nobody touched stays folded.
    assert invalid(office) == ["course-2-hours", "course-2-title", "dose-107"]
    assert not office.page.get_by_role("group", name="Curso 3", exact=True).is_visible()
    office.fill(office.words("vaccine.dtap"), "2/3/2009")
    course(office, 2, "Historia", hours="60")
    answer.send()
    refused(office, office.words("trouble.doseImpossible", day="3 de febrero de 2009"))
    office.fill(office.words("vaccine.dtap"), "2/3/2011")
    # A look before sending: what will lack is named, and what was typed is still there.
    office.press(office.words("look.button"))
    office.sees(office.words("look.title"), office.words("look.explain"))
    office.sees_not(office.words("receipt.title"))
    # "This is all", and nothing is said of four parts: the sender hears it before the receiver.
    answer.send()
    refused(office, *(said_nothing(office, part) for part in OTHER_PARTS))
    say_of(answer, OTHER_PARTS)
    # Whoever holds something back says why, and the receiver reads it.
    answer.send()
    refused(office, office.words("trouble.reasonMissing"))
    office.select(office.words("answer.why"), office.words("withholding.fees"))
    assert answer.send().receipt()
    office.sees_not(office.words("found.title"), office.words("receipt.lacking"))

    staff.open_request(rosa, number)
    rosa.go(f"/requests/{number}/records")
    rosa.sees(rosa.words("partState.withheldFor", reason=rosa.words("reason.feesOwed")))
    read_on_one_page(rosa, number)
    in_progress = "Algebra II (61.00 h, 84.00 %)"
    # She asked for all three uses, so the page begins with all of them.
    rosa.sees("MMR ×2: 4/2/2011, 3/30/2014", "DTaP ×1: 2/3/2011", "4/4/2013", in_progress)
    rosa.sees(rosa.words("sheet.finish"))
    for_use(rosa, "enrollment")
    rosa.sees("MMR ×2: 4/2/2011, 3/30/2014")
    rosa.sees_not(in_progress, rosa.words("sheet.finish"))
    # The tracker says the same of each part, and no value of any.
    rosa.go(f"/requests/{number}")
    for part, word in [("immunization", "there"), ("enrollment", "toFollow"),
                       ("healthAlert", "noneOnFile"), ("assessment", "withheld")]:
        row = rosa.page.locator("dl.sum > div").filter(has_text=rosa.words(f"part.{part}"))
        expect(row).to_contain_text(rosa.words(f"standing.{word}"))
    rosa.go(f"/requests/{number}/record")
    for_use(rosa, "placement")
    rosa.sees("MMR ×2: 4/2/2011, 3/30/2014", in_progress)
    rosa.sees_not(rosa.words("sheet.finish"))
    # "Complete" does not stand beside parts that are to follow.
    expect(rosa.page.locator("h1 + p")).to_contain_text(rosa.words("wholeness.partial"))
    asks_for_what_is_missing(rosa, office, number)
    enters_a_plan(rosa, number)


def enters_a_plan(rosa, number):
    """The school's own plan goes before its state's on the record page, and says since when."""
    words, of_school = rosa.words, rosa.words("sheetWord.planOfRequester", plan="Diploma of Davis")
    rosa.go(f"/requests/{number}/record?use=G")
    rosa.sees("Cascada diploma")
    rosa.sees_not(of_school)
    rosa.go(f"/contacts/{DAVIS}")
    rosa.follow(words("plans.title"))
    rosa.sees(words("plans.none"))
    rosa.fill(words("field.planName.label"), "Diploma of Davis")
    rosa.page.locator("#credits-02").fill("-1")
    rosa.press(words("plans.save"))
    rosa.sees_errors(words("trouble.planYearMissing"), words(
        "trouble.planCreditsUnreadable", subject=words("subject.mathematics")))
    expect(rosa.page.get_by_label(words("field.planName.label"), exact=True)).to_have_value("Diploma of Davis")
    rosa.fill(words("field.planFirst.label"), "2020")
    rosa.page.locator("#credits-02").fill("3.5")
    rosa.press(words("plans.save"))
    rosa.sees(words("notice.planSaved"), "Diploma of Davis")
    rosa.go(f"/requests/{number}/record?use=G")
    rosa.sees(of_school)
    rosa.sees_row(words("sheet.total"), "3.50")
    rosa.sees_not("Cascada diploma")
    # Other walks share the gateway: what was entered is withdrawn, and stays on file.
    rosa.go(f"/contacts/{DAVIS}")
    rosa.follow(words("plans.title"))
    rosa.press(f"{words('plans.withdraw')} Diploma of Davis")
    rosa.sees(words("notice.planWithdrawn"), words("plans.history"))


def asks_for_what_is_missing(rosa, office, number):
    """From the gap on the page to the school that can fill it, and nothing of it in the mail."""
    rosa.page.get_by_role("link", name=rosa.words("sheet.ask")).first.click()
    rosa._arrived()
    message = rosa.words("askFor.part", name=rosa.words("part.enrollment"))
    expect(rosa.page.get_by_label(rosa.words("field.ask.label"), exact=True)).to_have_value(message)
    rosa.press(rosa.words("tracker.writeButton"))
    rosa.sees(rosa.words("notice.messageSent"), message)
    mail = clerk.the_mail(rosa, number, to="ana.trevino@", subject=rosa.words("update.message"))
    assert message not in mail["text"]
    office.go(mail["link"])
    clerk.enter_code(office, mail["code"])
    office.sees(message)
    rosa.go(f"/requests/{number}")
    rosa.fill(rosa.words("field.ask.label"), " ")
    rosa.press(rosa.words("tracker.writeButton"))
    rosa.sees_errors(rosa.words("trouble.askMissing"))


def test_a_school_system_s_file_becomes_the_record_and_travels_in_the_bundle(
        asked, gateway, tmp_path):
    rosa, office, number = asked(EMILIANO, width=PHONE, language="es")
    # As a spreadsheet saves it for whom "CSV" is Windows-1252.
    (tmp_path / "courses.csv").write_bytes(COURSES.encode("cp1252"))
    answer = Answer(office)
    type_in(office, mmr="4/2/2011", polio="0")
    answer.say().send()
    # With scripts the open form and its errors are checked for accessibility too.
    refused(office, office.words("trouble.doseUnreadable", found="0"))
    office.fill(office.words("vaccine.polio"), "")
    say_of(answer, OTHER_PARTS)
    office.select(office.words("answer.why"), office.words("withholding.fees"))
    assert answer.attach(tmp_path / "courses.csv").send().receipt()
    # Whoever sent the file reads what was wrong in it; whoever opens the link later learns where,
    # and nothing of what stands there.
    wrong = ["courses.csv, fila 5", "70 Credits Granted", office.words("allowed.amount")]
    office.sees(*wrong, "“one”")
    office.go(office.page.url.split("?")[0])
    office.sees(*wrong)
    office.sees_not("“one”")

    read_on_one_page(rosa, number)
    # One page of US Letter, and a table that adds up.
    rosa.sees_row("Total", "1.50")
    # The courses behind the sum, with who says so.
    rosa.sees_row("Algebra I", "2024", "1.00")
    rosa.sees_row("Biology", "2024", "0.50")
    expect(rosa.page.locator(".courses .of")).to_contain_text(f"{WESLACO} {rosa.words('sheet.saidBy')} {WESLACO}")
    expect(rosa.page.locator("h1 + p")).to_contain_text(re.compile(rf"{WESLACO}, \w+ \d+, 20\d\d\."))
    rosa.sees("MMR ×1: 4/2/2011")
    # Credits that nobody can read are neither granted nor in progress, and the page says so.
    rosa.sees("Art: credits not readable, “one” as sent. Not counted.", "courses.csv, row 5")
    assert "Art" not in rosa.page.locator(".sheet dt", has_text=rosa.words("sheetRow.inProgress")).locator(
        "xpath=following-sibling::dd").inner_text()
    takes_along(rosa, gateway, number, tmp_path)
    rosa.go(f"/requests/{number}/record")
    pages = rosa.page.pdf(format="Letter", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 1
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: rosa.words("records.sealed") in rosa.text(), "the sealed bundle")
    sealed = rosa.download(rosa.words("records.sealed"), tmp_path / "bundle.cms")
    files = opened_with_stock_tools(gateway, sealed, tmp_path)

    assert {"record.json", "record.html", "files/courses.csv"} <= set(files)
    assert "files/record.json" not in files
    manifest = json.loads(files["manifest.json"])
    assert hashlib.sha256(files["record.json"]).hexdigest() in json.dumps(manifest)
    record = json.loads(files["record.json"])
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(record)
    titles = [entry["values"].get("62") for entry in record["entries"] if entry["group"] == "course"]
    assert titles == ["Algebra I", "Biology", "Química", "Art"]
    # What could not be read is not invented.
    art = next(entry for entry in record["entries"] if entry["values"].get("62") == "Art")
    assert "70" not in art["values"] and art["unreadable"] == {"70": "one"}
    assert [p["place"] for p in record["problems"]] == ["courses.csv, row 5"]

    (tmp_path / "record.pdf").write_bytes(files["record.pdf"])
    on_paper(gateway, number, tmp_path / "record.pdf", "MMR ×1: 4/2/2011", "1.50")
    page = files["record.html"].decode()
    assert "Art: credits not readable, “one” as sent" in page
    assert "MMR ×1: 4/2/2011" in page and "<script" not in page and "http" not in page.split("</head>")[1]
    # Whoever opens the page of the bundle alone sees the same, without a server.
    rosa.page.goto("about:blank")
    rosa.page.set_content(page)
    rosa.sees("MMR ×1: 4/2/2011")
    rosa.sees_row("Total", "1.50")
    assert not accessibility_faults(rosa.page)
    says_what_became(rosa, office, number)

    looks_back(rosa, number)


def looks_back(rosa, number):
    """Everything that came for the student, once it is said what for, and on record."""
    words = rosa.words
    rosa.go(f"/requests/{number}/records")
    rosa.follow(words("earlier.open"))
    rosa.sees_not("Algebra I")
    rosa.choose(words("earlierPurpose.graduation"))
    rosa.press(words("earlier.button"))
    rosa.sees("MMR ×1: 4/2/2011", words("earlierLink.itself"), words("earlier.alone"))
    rosa.go(f"/requests/{number}/disclosures")
    rosa.sees(f"consolidated view of {number}, graduation")


def says_what_became(rosa, office, number):
    """The receiving school judges the credits, and whoever sent them sees it."""
    words = rosa.words
    rosa.go(f"/requests/{number}/records")
    rosa.follow(words("became.open"))
    accepted, said = words("became.acceptedLabel"), words("became.saidLabel")
    algebra, biology = "Algebra I 2024", "Biology 2024"
    rosa.choose(words("creditChoice.byCourse"))
    for course in (algebra, biology):
        rosa.open_details(course)
    rosa.fill(accepted, "1.25", within=algebra)
    rosa.fill(accepted, ".25", within=biology)
    rosa.fill(words("field.enrolledMonth.label"), "5", within=words("field.enrolledOn.label"))
    rosa.press(words("became.save"))
    # More than was sent, less without a reason, half a date: all at once, and nothing is lost.
    rosa.sees_errors(words("trouble.moreThanSent", course="Algebra I"),
                     words("trouble.courseReasonMissing", course="Biology"),
                     words("trouble.enrolledImpossible"))
    rosa.fill(accepted, "1.00", within=algebra)
    rosa.fill(said, "Lab <i>missing</i>", within=biology)
    for part, value in zip(("Month", "Day", "Year"), ("5", "18", "2026")):
        rosa.fill(words(f"field.enrolled{part}.label"), value, within=words("field.enrolledOn.label"))
    rosa.press(words("became.save"))
    rosa.sees(words("notice.outcomeSaved"), "1.25", words("verdict.undecided"), "Lab <i>missing</i>")
    # All as sent but the one: what stands there already is folded, and is kept.
    rosa.choose(words("creditChoice.except"))
    rosa.press(words("became.save"))
    rosa.sees(words("notice.outcomeSaved"), "1.25", words("verdict.partly"), "Lab <i>missing</i>")
    # The sender, by the link it answered with: what was decided, and nothing of the record.
    office.go(office.page.url)
    office.sees(office.words("became.heading"), office.words("verdict.partly"))
    office.sees_not(office.words("courseVerdict.partly"), "Lab <i>missing</i>")


def test_an_answer_of_files_alone_is_as_before(asked, tmp_path):
    from samples import pdf
    rosa, office, number = asked(JOSE, "Immokalee High School", "marie.baptiste@")
    answer = Answer(office).attach(pdf(tmp_path / "transcript.pdf"))
    # Of the transcript they say so, of nothing else.
    answer.part("transcript", "inFiles")
    assert answer.say().send().receipt()
    office.sees(office.words("partState.unsaid"))
    staff.open_request(rosa, number)
    # So only of that one it is said that it came; the file may hold the others.
    for part, word in [("transcript", "sent"), ("immunization", "unsaid"), ("enrollment", "unsaid")]:
        row = rosa.page.locator("dl.sum > div").filter(has_text=rosa.words(f"part.{part}"))
        expect(row).to_contain_text(rosa.words(f"standing.{word}"))
    rosa.go(f"/requests/{number}/record")
    rosa.sees(rosa.words("sheetStanding.inFiles"), rosa.words("sheetStanding.unsaid"),
              rosa.words("wholeness.unsaid"))
    rosa.sees_not(rosa.words("wholeness.complete"))
    rosa.go(f"/requests/{number}/records")
    rosa.sees(rosa.words("partState.unsaid"), rosa.words("wholeness.unsaid"))


def test_the_program_checks_and_converts_files(program, tmp_path):
    (tmp_path / "courses.csv").write_bytes(COURSES.encode("utf-16"))
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
    # A transcript is written only where it fits the schema that it is held against.
    (tmp_path / "name.csv").write_text("First Name,Last Name1\nAna,Ruiz\n")
    described = SCHEMA.parent / "pesc-transcript-1.xsd"
    write = [program, "record", "convert", tmp_path / "name.csv", "--to", "pesc",
             "--school-number", "484496008851", "--receiver-number", "531011001689", "--schema"]
    done = subprocess.run([*write, described, "--out", tmp_path / "a.xml"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (tmp_path / "narrow.xsd").write_text(described.read_text().replace('"FirstName"', '"Given"'))
    done = subprocess.run([*write, tmp_path / "narrow.xsd", "--out", tmp_path / "b.xml"],
                          capture_output=True, text=True)
    assert done.returncode == 65 and "FirstName" in done.stderr
    assert not (tmp_path / "b.xml").exists()
    checked = subprocess.run([program, "record", "check", tmp_path / "a.xml", "--schema",
                              tmp_path / "narrow.xsd"], capture_output=True, text=True)
    assert checked.returncode == 65 and "FirstName" in checked.stdout


WATSONVILLE = "Watsonville High"


def test_what_two_schools_sent_for_two_requests_is_read_together(people, gateway, tmp_path):
    """The same course at both, of one name and year: neither hides the other, and both count."""
    rosa, office = people(gateway.url), people(gateway.url)
    staff.come_back(rosa, ROSA)
    words = rosa.words
    numbers = []
    for school, state, to, credits in [(WESLACO, "Texas", "ana.trevino@", ".5"),
                                       (WATSONVILLE, "California", "grace.nakamura@", "1.0")]:
        wizard = staff.Wizard(rosa).begin().student(XOCHITL, stateStudentID="WA-4417203")
        # The locator knows the first; the second is looked for in the directory.
        if numbers:
            wizard.search(name=school, state=state)
        wizard.place(school).purpose().sees("check.title")
        rosa.press(words("check.send"))
        if numbers:
            rosa.fill(words("field.duplicateReason.label"), "Two schools, one year")
            rosa.press(words("duplicate.anyway"))
        numbers.append(wizard.number())
        (tmp_path / "courses.csv").write_text(
            f"Course Title,Course Year,Final Grade,Credits Granted,Standard Code\r\n"
            f"Algebra I,2025,B,{credits},02052\r\n")
        mail = clerk.the_mail(office, numbers[-1], to=to)
        assert clerk.answer_with(office, mail, [tmp_path / "courses.csv"], complete=False)
        read_on_one_page(rosa, numbers[-1])
        rosa.sees_row(words("sheet.total"), f"{float(credits):.2f}")
        rosa.sees_not(words("sheet.twins"))

    rosa.go(f"/requests/{numbers[1]}/earlier")
    rosa.sees_not("Algebra I")
    rosa.choose(words("earlierPurpose.graduation"))
    rosa.press(words("earlier.button"))
    rosa.sees(words("earlierLink.itself"), words("earlierLink.sameStateNumber"), *numbers)
    rosa.sees_row(words("sheet.total"), "1.50")
    rosa.sees(words("sheet.twins"))
    schools = rosa.page.locator(".courses .of").all_inner_texts()
    assert len(schools) == 2 and {WESLACO in one for one in schools} == {True, False}
    for number in numbers:
        rosa.go(f"/requests/{number}/disclosures")
        rosa.sees(f"consolidated view of {numbers[1]}, graduation")
