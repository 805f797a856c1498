"""Anybody checks what they were given: a bundle, a printed record, a sealed file."""
import subprocess, zipfile
import pytest
from harness.browser import PHONE
from pages import clerk, staff
from pages.staff import EMILIANO, ROSA
from samples import pdf

WESLACO = "Weslaco East High School"


def show(person, file):
    words = person.words
    person.go("/check")
    person.attach(words("field.shownFile.label"), file)
    person.press(words("prove.button"))


def stock(folder, command):
    return subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def given(people, gateway, tmp_path):
    """What Rosa was sent: the archive, its printed record, and the sealed bundle."""
    rosa, office = people(gateway.url), people(gateway.url)
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, EMILIANO, WESLACO)
    mail = clerk.the_mail(office, number, to="ana.trevino@")
    clerk.answer_with(office, mail, [pdf(tmp_path / "transcript.pdf")])
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: rosa.words("records.sealed") in rosa.text(), "the sealed bundle")
    archive = rosa.download(rosa.words("records.everything"), tmp_path / "all.zip")
    sealed = rosa.download(rosa.words("records.sealed"), tmp_path / f"{number}-1 (1).cms")
    with zipfile.ZipFile(archive) as everything:
        everything.extractall(tmp_path / "all")
    return number, archive, tmp_path / "all" / "record.pdf", sealed


def test_whoever_was_given_a_file_learns_what_it_proves(people, gateway, given, tmp_path, program):
    number, archive, record, sealed = given
    reader = people(gateway.url, js=False)
    show(reader, archive)
    reader.sees(reader.words("proofKind.bundle"), reader.words("proofStanding.current"))

    stranger = people(gateway.url, js=False, language="es", width=PHONE)
    words = stranger.words
    show(stranger, archive)
    stranger.sees(words("proofKind.bundle"), words("proofStanding.current"), number, WESLACO,
                  "Davis High School")
    show(stranger, record)
    stranger.sees(words("proofKind.paper"), words("proofStanding.current"), number)
    show(stranger, sealed)
    stranger.sees(words("proofKind.sealed"), number, WESLACO, "Davis High School")
    # Nothing of the student, and nothing in the address.
    assert not any(secret in stranger.text() for secret in EMILIANO.secrets)
    assert stranger.page.url.endswith("/check/file")

    # Stock tools say the same of the same files, and so does the program by itself.
    ca = gateway.data / "keys/ca.pem"
    verify = (f"openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json "
              f"-CAfile {ca} -no_check_time -purpose any -out /dev/null")
    assert stock(tmp_path / "all", verify).returncode == 0
    assert stock(tmp_path / "all", "sha256sum -c SHA256SUMS").returncode == 0
    alone = stock(tmp_path, f"{program} verify {record} --ca {ca}")
    assert alone.returncode == 0 and number in alone.stdout, alone.stderr

    # One byte of a file inside, of the page, and of the seal.
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.startswith("files/"):
                content = content[:-1] + bytes([content[-1] ^ 1])
            other.writestr(info.filename, content)
    changed = bytearray(record.read_bytes())
    changed[len(changed) // 3] ^= 1
    (tmp_path / "other.pdf").write_bytes(changed)
    assert stock(tmp_path, f"{program} verify other.pdf --ca {ca}").returncode == 65
    for file in (tmp_path / "other.zip", tmp_path / "other.pdf"):
        show(stranger, file)
        stranger.sees_errors(words("trouble.shownFileChanged"))
        stranger.sees_not(words("proofStanding.current"))
    broken = bytearray(sealed.read_bytes())
    broken[len(broken) // 2] ^= 1
    (tmp_path / sealed.name.replace("(1)", "(2)")).write_bytes(broken)
    show(stranger, tmp_path / sealed.name.replace("(1)", "(2)"))
    stranger.sees_errors(words("trouble.shownFileChanged"))

    # Cut, foreign, and none.
    (tmp_path / "cut.pdf").write_bytes(record.read_bytes()[:-2_000])
    show(stranger, tmp_path / "cut.pdf")
    stranger.sees_errors(words("trouble.shownFileCut"))
    show(stranger, tmp_path / "transcript.pdf")
    stranger.sees_errors(words("trouble.shownFileForeign"))
    stranger.go("/check")
    stranger.press(words("prove.button"))
    stranger.sees_errors(words("trouble.shownFileMissing"))
    assert not any(secret in gateway.log.read_text(errors="replace") for secret in EMILIANO.secrets)
