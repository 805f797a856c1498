"""Files in which a real clamd finds something, by each way in: locked up, said, and decided on."""
import hashlib, re, shutil
import pytest
from deep.visitor import ROSA, Visitor, answer_link, letter_for
from harness.drop import Drop
from harness.mail import Mailbox
from harness.processes import Gateway, Peer, wait_for
from harness.scanner import BAD, FINDING, Scanner
from pages import clerk
from pages.staff import MARISOL
from test_installation import Installation
from test_interface import PDF, multipart
from test_mail_in import CONTACTS, OFFICE, ask, letter, pipe, rosa  # noqa: F401
from test_uploads import asked, both

CLEAN, INFECTED = PDF + b"clean", PDF + BAD


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    with Scanner(tmp_path_factory.mktemp("scanner") / "clamd") as scanner:
        yield scanner


@pytest.fixture(scope="module")
def scanning(program, planted, scanner, tmp_path_factory):
    data = tmp_path_factory.mktemp("scanning") / "data"
    shutil.copytree(planted, data)
    with Gateway(program, data, "--clamd", str(scanner.socket)) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def registrar(scanning):
    """Signed in once: a code works once."""
    return Visitor(scanning).sign_in(ROSA)


def held(gateway):
    """What lies locked up on the disk."""
    return {p.stem for p in (gateway.data / "data/files").glob("*.held")}


def readable(gateway):
    return {p.stem for p in (gateway.data / "data/files").glob("*.file")}


def arrived(gateway, person, number):
    """The SHA-256 of each file that the registrar can read, once something is sealed."""
    page = person.get(f"/requests/{number}/records").text
    if '/sealed"' not in page:
        return None
    paths = re.findall(r'href="(/requests/[^"]+/files/[^"]+)">', page)
    return sorted(hashlib.sha256(person.get(path).body).hexdigest() for path in paths)


def digests(*contents):
    return sorted(hashlib.sha256(content).hexdigest() for content in contents)


def test_on_the_page_the_sender_is_told_at_once_which_file(scanning, people, registrar, tmp_path):
    before = held(scanning)
    number = registrar.file_request("Marisol", "Cuarentena")
    good, bad = tmp_path / "Marisol 9.pdf", tmp_path / "Marisol 10.pdf"
    good.write_bytes(CLEAN)
    bad.write_bytes(INFECTED)
    office = people(scanning.url, js=False)
    mail = clerk.the_mail(office, number, to="weslaco")
    clerk.open_link(office, mail)
    clerk.enter_code(office, mail["code"])
    # Nobody says which part is in which file, as in a hurry.
    clerk.Answer(office).attach(good, bad).say(complete=False).send().receipt()
    office.sees(office.words("held.title"), "Marisol 10.pdf", "Marisol 9.pdf")
    # Locked up and encrypted as everything else, under a name that nothing reads.
    [name] = held(scanning) - before
    content = (scanning.data / f"data/files/{name}.held").read_bytes()
    assert BAD not in content and b"%PDF" not in content
    assert name not in readable(scanning)
    # The mail says it as well, without a name, and what is left goes on.
    box = Mailbox(scanning.data / "mail/new")
    told = box.wait(to="weslaco", subject=office.words("update.filesHeld"), seconds=120)
    assert number in told.subject and "Marisol" not in told.text and told.code
    assert wait_for(lambda: arrived(scanning, registrar, number), 120, "the rest") == digests(CLEAN)
    assert "virus" in registrar.get(f"/requests/{number}").words
    # Nobody gets it by its identifier either.
    page = registrar.get(f"/requests/{number}/records").text
    path = re.search(r'href="(/requests/[^"]+/files/)[^"]+">', page)[1]
    assert registrar.ask("GET", path + name).status == 404
    # A clean copy answers what is missing.
    office.go(told.links[0])
    clerk.enter_code(office, told.code)
    office.sees(office.words("held.title"), "Marisol 10.pdf")


def test_a_scanner_that_is_down_lets_nothing_through_and_what_it_learns_counts(
        scanning, scanner, registrar, tmp_path):
    office = Visitor(scanning)
    number = registrar.file_request("Espera", "Antivirus")
    mail = letter_for(Mailbox(scanning.data / "mail/new"), number)
    base = office.open_link(answer_link(mail), mail.code)
    later = b"something-new-" + b"that-is-bad"
    before = held(scanning)
    scanner.stop()
    page = office.send_records(base, [("a.pdf", CLEAN), ("b.pdf", PDF + later)], "Ana Espera")
    assert page.status == 303
    # Taken and kept, and passed on to nobody.
    assert arrived(scanning, registrar, number) is None
    assert held(scanning) == before
    scanner.learn("Mochila.Later", later)
    scanner.start()
    # What was tried in vain is tried again by itself, at once the next day.
    registrar.post("/demo/clock", {**registrar.get("/home").form("/demo/clock"), "step": "day"})
    assert wait_for(lambda: arrived(scanning, registrar, number), 120, "what waited") == digests(CLEAN)
    assert len(held(scanning) - before) == 1


def test_a_system_is_told_which_file_is_held(scanning):
    number, inquiry = asked(scanning, "Retenida")
    answers = both(scanning)[1]
    path = f"/api/v1/inquiries/{inquiry['id']}"
    parts = answers.get(path)[1]["parts"]
    body, kind = multipart([("complete", "true")] + [(f"part-{p}", "sent") for p in parts],
                           [("a.pdf", CLEAN), ("b.pdf", INFECTED)])
    status, bundle, _ = answers.post(path + "/records", body, headers=kind)
    assert status == 201, bundle
    assert [f["sha256"] for f in bundle["files"]] == digests(CLEAN)
    assert [f["sha256"] for f in bundle["held"]] == digests(INFECTED)
    # Sent again after a broken line it is the same answer, and nothing is locked up twice.
    before = held(scanning)
    status, again, _ = answers.post(path + "/records", body, headers=kind)
    assert (status, again["id"]) == (200, bundle["id"]), again
    assert held(scanning) == before
    _, item, _ = answers.get(path)
    assert [b.get("held", []) for b in item["sent"]] == [bundle["held"]]


def test_a_dropped_bundle_says_it_in_its_receipt(scanning, registrar, tmp_path):
    number = registrar.file_request("Buzon", "Antivirus")
    good, bad = tmp_path / "a.pdf", tmp_path / "b.pdf"
    good.write_bytes(CLEAN)
    bad.write_bytes(INFECTED)
    before = held(scanning)
    with Drop(scanning) as drop:
        bundle = drop.seal(tmp_path / "b.cms", number, good, bad)
        drop.sftp(f"put {bundle} in/b.cms")
        receipt = drop.receipt("b.cms", 90)
    assert receipt["verdict"] == "accepted"
    marks = {f["sha256"]: f.get("held") for f in receipt["files"]}
    assert marks == {digests(CLEAN)[0]: None, digests(INFECTED)[0]: "virus"}
    assert wait_for(lambda: arrived(scanning, registrar, number), 120, "the rest") == digests(CLEAN)
    assert len(held(scanning) - before) == 1


# A real installation, where an operator decides

@pytest.fixture(scope="module")
def smtp_server():
    with Peer("smtp_peer.py") as peer:
        yield peer


@pytest.fixture(scope="module")
def house(program, smtp_server, scanner, tmp_path_factory):
    made = Installation(program, tmp_path_factory.mktemp("quarantine") / "mochila", smtp_server)
    config = made.folder / "mochila.yaml"
    config.write_text(config.read_text() + f"scanning:\n  clamd_socket: {scanner.socket}\n")
    config.chmod(0o600)
    assert made.at("directory", "import").returncode == 0
    table = made.folder / "contacts.csv"
    table.write_text(CONTACTS)
    done = made.at("contact", "import", str(table), "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    made.start()
    yield made
    made.stop()


def test_a_mailed_file_is_locked_up_and_an_operator_releases_or_destroys_it(
        house, smtp_server, rosa, people):  # noqa: F811
    box = Mailbox(smtp_server["messages"])
    assert "Nothing is locked up." in house.at("quarantine", "list").stdout
    number = ask(rosa, MARISOL)
    asked_by = box.wait(to=OFFICE, subject=number, seconds=120)
    mail = letter(asked_by.message_id, [("Marisol.pdf", CLEAN), ("Reyes.pdf", INFECTED),
                                        ("Ortega.pdf", INFECTED + b"2")])
    assert pipe(house, mail).stdout.strip() == b"noted"
    assert pipe(house, mail).stdout.strip() == b"repeated"
    listed = house.at("quarantine", "list")
    assert listed.returncode == 0, listed.stderr
    assert FINDING in listed.stdout and number in listed.stdout and "by mail" in listed.stdout
    assert "Reyes" not in listed.stdout
    first, second = re.findall(r"^([0-9a-z]{26})$", listed.stdout, re.M)
    files = house.folder / "data/files"
    assert {p.stem for p in files.glob("*.held")} == {first, second}

    notice = box.wait(to=OFFICE, subject=rosa.words("update.filesByMail"), seconds=120)
    office = people(house.url, ignore_tls=True, js=False)
    office.go(notice.links[0])
    clerk.enter_code(office, notice.code)
    office.sees("Marisol.pdf", "Reyes.pdf", office.words("mailedRefusal.unclean"))

    gone = house.at("quarantine", "destroy", second)
    assert gone.returncode == 0 and not list(files.glob(second + ".*")), gone.stderr
    back = house.at("quarantine", "release", first)
    assert back.returncode == 0, back.stderr
    assert (files / f"{first}.file").exists() and not list(files.glob("*.held"))
    for word in "release", "destroy":
        again = house.at("quarantine", word, first)
        assert again.returncode != 0 and "released already" in again.stderr, again.stderr
    assert house.at("quarantine", "release", second).returncode != 0
    assert house.at("quarantine", "release", "../x").returncode != 0
    assert "Nothing is locked up." in house.at("quarantine", "list").stdout

    # It waits for its sender's word again, and is sealed although the scanner still finds it.
    office.go(notice.links[0])
    clerk.enter_code(office, notice.code)
    office.choose(office.words("complete.yes"))
    office.fill(office.words("field.name.label"), "Ana Treviño")
    office.press(office.words("mailed.send"))
    office.page.wait_for_url("**/receipt*", timeout=60_000)
    assert box.wait(to="rosa", subject=number + ": records are ready", seconds=90)
    assert not list(files.glob("*.held"))
