"""A school with a server of its own: pushed there sealed, and opened with stock tools."""
import pathlib, shutil, subprocess, zipfile
import pytest
from harness.processes import wait_for
from pages import clerk, staff
from pages.staff import GRACE, MARISOL
from samples import pdf, photo


@pytest.fixture(scope="module")
def partner(program, planted, tmp_path_factory):
    """A gateway that pushes to a real sshd, with the keys put where it looks for them.

    The sshd has only an RSA host key, which is the harder way there."""
    from harness.processes import Gateway, Peer
    with Peer("sshd_peer.py", "--host-key-type", "rsa") as sshd:
        data = tmp_path_factory.mktemp("partner") / "data"
        shutil.copytree(planted, data)
        (data / "partner").mkdir(exist_ok=True)
        (data / "partner/host_key.pub").write_text(sshd["host_key"] + " sshd\n")
        (data / "keys/sftp").mkdir(exist_ok=True)
        shutil.copy(pathlib.Path(sshd["keys"]) / "partner", data / "keys/sftp/partner")
        place = f"127.0.0.1:{sshd['port']}:{sshd['user']}:{sshd['folder']}"
        with Gateway(program, data, "--partner", place) as gateway:
            gateway.sshd = sshd
            yield gateway


@pytest.fixture(scope="module")
def answered(partner, chromium, tmp_path_factory):
    """Grace's request, answered; the files and what arrived at her school's server."""
    from harness import browser as kit
    from harness.person import Person
    folder = tmp_path_factory.mktemp("answered")
    files = [pdf(folder / "transcript.pdf"), photo(folder / "vacunas página 1.png")]
    with kit.open_page(chromium) as (page, faults), kit.open_page(chromium) as (other, more):
        grace, office = (Person(p, f, partner.url) for p, f in ((page, faults), (other, more)))
        staff.come_back(grace, GRACE)
        number = staff.file_request(grace, MARISOL, "Weslaco East High School")
        mail = clerk.the_mail(office, number, to="ana.trevino@")
        clerk.answer_with(office, mail, files)
        drop = pathlib.Path(partner.sshd["folder"])
        pushed = wait_for(lambda: list(drop.glob("*.cms")), 30, "the bundle at the partner")
        staff.wait_for(grace, f"/requests/{number}",
                       lambda: "Delivered to the system of" in grace.text(), "the receipt")
        for person in (grace, office):
            person.nothing_went_wrong()
        cookies = page.context.cookies()
    assert len(pushed) == 1
    return {"number": number, "files": files, "bundle": pushed[0], "folder": folder,
            "cookies": cookies}


def run(command, cwd):
    return subprocess.run(command, shell=isinstance(command, str), cwd=cwd, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=60)


@pytest.fixture
def desk(partner, answered, tmp_path):
    """What the school lays next to each other, as OPEN-ME.txt says."""
    for source, name in ((answered["bundle"], "bundle.cms"),
                         (partner.data / "partner/school.key", "key.pem"),
                         (partner.data / "partner/school.pem", "cert.pem"),
                         (partner.data / "keys/ca.pem", "ca.pem")):
        shutil.copy(source, tmp_path / name)
    return tmp_path


def test_nothing_half_written_is_left_at_the_partner(answered, partner):
    drop = pathlib.Path(partner.sshd["folder"])
    assert [f.name for f in drop.iterdir()] == [answered["bundle"].name]
    assert answered["number"] in answered["bundle"].name
    assert b"transcript" not in answered["bundle"].read_bytes()


def test_stock_tools_open_it_by_the_commands_that_come_with_it(desk, answered):
    """The text is in the bundle; the first step is what anybody has to know to get at it."""
    first = run("openssl cms -decrypt -inform DER -in bundle.cms -inkey key.pem -recip cert.pem"
                " -binary -out peek.zip", desk)
    assert first.returncode == 0, first.stderr
    with zipfile.ZipFile(desk / "peek.zip") as archive:
        text = archive.read("OPEN-ME.txt").decode()
    commands = [line.removeprefix("    $ ") for line in text.splitlines()
                if line.startswith("    $ ")]
    assert len(commands) == 6 and commands[2] == "cd bundle"
    place = desk
    for command in commands:
        if command.startswith("cd "):
            place = place / command.removeprefix("cd ")
            continue
        done = run(command, place)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        if "cms -verify" in command:
            assert "CMS Verification successful" in done.stderr
        if command.startswith("sha256sum -c"):
            lines = done.stdout.splitlines()
            assert len(lines) >= 3 and all(line.endswith(": OK") for line in lines)
    contents = {f.read_bytes() for f in (desk / "bundle/files").rglob("*") if f.is_file()}
    assert contents == {file.read_bytes() for file in answered["files"]}
    page = (desk / "bundle/record.html").read_text()
    assert answered["number"] in page and "Reyes Ortega" in page and "<script" not in page


def opened(program, desk, bundle="bundle.cms", key="key.pem", into="out"):
    return run([str(program), "open", bundle, "--key", key, "--cert", "cert.pem",
                "--ca", "ca.pem", "--into", into], desk)


def test_the_program_opens_and_verifies_it_without_a_server(program, desk, answered):
    done = opened(program, desk)
    assert done.returncode == 0, done.stderr
    assert answered["number"] in done.stdout and "every digest" in done.stdout
    again = run([str(program), "verify", "out", "--ca", "ca.pem"], desk)
    assert again.returncode == 0, again.stderr


def test_a_changed_bundle_is_refused_and_nothing_is_shown(program, desk):
    bundle = bytearray((desk / "bundle.cms").read_bytes())
    for place in (len(bundle) // 2, len(bundle) - 3):
        changed = bytearray(bundle)
        changed[place] ^= 1
        (desk / "changed.cms").write_bytes(changed)
        done = opened(program, desk, bundle="changed.cms", into=f"out{place}")
        assert done.returncode == 65, done.stdout + done.stderr
        assert not list((desk / f"out{place}").rglob("*.pdf"))
    (desk / "short.cms").write_bytes(bundle[:-1000])
    assert opened(program, desk, bundle="short.cms", into="short").returncode == 65


def test_somebody_elses_key_opens_nothing(program, desk):
    made = run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.pem"
               " && openssl req -x509 -new -key other.pem -subj /CN=Other -out other-cert.pem", desk)
    assert made.returncode == 0, made.stderr
    done = run([str(program), "open", "bundle.cms", "--key", "other.pem", "--cert",
                "other-cert.pem", "--ca", "ca.pem", "--into", "out"], desk)
    assert done.returncode == 65, done.stdout + done.stderr
    assert not list(desk.glob("out/**/*.pdf"))


def test_a_changed_file_in_an_opened_bundle_is_noticed(program, desk):
    assert opened(program, desk).returncode == 0
    victim = next(f for f in (desk / "out/files").rglob("*") if f.is_file())
    victim.chmod(0o600)
    victim.write_bytes(victim.read_bytes() + b" ")
    done = run([str(program), "verify", "out", "--ca", "ca.pem"], desk)
    assert done.returncode == 65 and "A file is not what was signed" in done.stderr


def test_the_tracker_says_that_the_school_has_it_but_not_that_it_is_accepted(
        people, partner, answered):
    grace = people(partner.url)
    staff.come_back(grace, GRACE)
    staff.open_request(grace, answered["number"])
    grace.sees("Delivered to the system of Watsonville High")
    assert staff.status(grace) == "Records ready"
    grace.follow("See the records")
    grace.sees("Also delivered to the system of Watsonville High.")
    grace.follow("Who has seen this record")
    grace.sees_row("Delivered to the school’s system", "Watsonville High")
