"""Anybody checks what they were given: a bundle, a printed record, a sealed file."""
import contextlib, html, http.client, re, subprocess, zipfile
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
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


@pytest.fixture(scope="module")
def sent_once():
    return []


@pytest.fixture
def given(people, gateway, tmp_path, sent_once):
    """What Rosa was sent, once for all: the archive, its printed record, and the sealed bundle."""
    if sent_once:
        return sent_once[0]
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
    sent_once.append((number, archive, tmp_path / "all" / "record.pdf", sealed))
    return sent_once[0]


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
    # A sealed file is known by what is in it, whatever it is called.
    (tmp_path / "from the office.bin").write_bytes(sealed.read_bytes())
    show(stranger, tmp_path / "from the office.bin")
    stranger.sees(words("proofKind.sealed"), words("proofStanding.current"), number, WESLACO,
                  "Davis High School")
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


def signed_by(record, folder, certificate, key):
    """The same page, with the signature of somebody else in the place of ours."""
    pdf = record.read_bytes()
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    (folder / "covered").write_bytes(pdf[:start - 1] + pdf[end + 1:])
    made = stock(folder, f"openssl cms -sign -binary -outform DER -md sha256 -cades "
                         f"-in covered -signer {certificate} -inkey {key} -out signature")
    assert made.returncode == 0, made.stderr
    digits = (folder / "signature").read_bytes().hex().encode()
    assert digits.startswith(b"3082")
    return pdf[:start] + digits.ljust(end - start, b"0") + pdf[end:]


def issued_like(keys, folder):
    """A certificate below our authority as the gateway's own, with another name and key."""
    own = x509.load_pem_x509_certificate((keys / "signing.pem").read_bytes())
    authority = serialization.load_pem_private_key((keys / "ca.key").read_bytes(), None)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Elm High School")])
    made = x509.CertificateBuilder(
        issuer_name=own.issuer, subject_name=name, public_key=key.public_key(), serial_number=77,
        not_valid_before=own.not_valid_before_utc, not_valid_after=own.not_valid_after_utc)
    for extension in own.extensions:
        other = isinstance(extension.value, x509.SubjectKeyIdentifier)
        value = (x509.SubjectKeyIdentifier.from_public_key(key.public_key()) if other
                 else extension.value)
        made = made.add_extension(value, extension.critical)
    certificate = made.sign(authority, hashes.SHA256())
    (folder / "elm.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "elm.key").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption()))
    return folder / "elm.pem", folder / "elm.key"


def connect(gateway, address):
    """A connection of somebody at this address, who has tries of their own."""
    port = int(gateway.url.rsplit(":", 1)[1])
    return http.client.HTTPConnection("127.0.0.1", port, 60, (address, 0))


def form(gateway, address):
    """The cookie and the token of the page's form."""
    line = connect(gateway, address)
    line.request("GET", "/check", headers={"Host": gateway.url.split("//")[1]})
    page = line.getresponse()
    token = re.search(r'name="csrf" value="([^"]+)"', page.read().decode()).group(1)
    line.close()
    return page.headers["Set-Cookie"].split(";")[0], token


def beginning(token, name="a.pdf"):
    return (f'--line\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
            f'--line\r\nContent-Disposition: form-data; name="shownFile"; filename="{name}"'
            f"\r\n\r\n").encode()


def show_from(address, gateway, content):
    """What somebody at this address is told of a file: the status and the page."""
    cookie, token = form(gateway, address)
    line = connect(gateway, address)
    line.request("POST", "/check/file", beginning(token) + content + b"\r\n--line--\r\n",
                 {"Host": gateway.url.split("//")[1], "Cookie": cookie,
                  "Content-Type": "multipart/form-data; boundary=line"})
    answer = line.getresponse()
    told = answer.status, html.unescape(answer.read().decode())
    line.close()
    return told


def test_a_page_speaks_for_its_own_school_only(people, gateway, given, tmp_path, program):
    """Our authority issues to many schools: one of them forges another one's record."""
    number, _, record, _ = given
    keys = gateway.data / "keys"
    words = people(gateway.url).words
    # The gateway's own signature, put there by other hands, is as good: the forgery is well made.
    page = signed_by(record, tmp_path, keys / "signing.pem", keys / "signing.key")
    status, text = show_from("127.0.0.20", gateway, page)
    assert status == 200 and words("proofStanding.current") in text and number in text

    certificate, key = issued_like(keys, tmp_path)
    page = signed_by(record, tmp_path, certificate, key)
    (tmp_path / "forged.pdf").write_bytes(page)
    # Stock tools and the program alone know the authority and nothing more.
    alone = stock(tmp_path, f"{program} verify forged.pdf --ca {keys / 'ca.pem'}")
    assert alone.returncode == 0, alone.stderr
    status, text = show_from("127.0.0.20", gateway, page)
    assert status == 422 and words("trouble.shownFileUntrusted") in text
    assert words("proofStanding.current") not in text


def test_slow_uploads_keep_nobody_from_checking(people, gateway, given):
    number, archive, _, _ = given
    words = people(gateway.url).words
    with contextlib.ExitStack() as stack:
        for last in range(30, 36):
            cookie, token = form(gateway, f"127.0.0.{last}")
            line = stack.enter_context(contextlib.closing(connect(gateway, f"127.0.0.{last}")))
            line.putrequest("POST", "/check/file", skip_host=True)
            for name, value in {"Host": gateway.url.split("//")[1], "Cookie": cookie,
                                "Content-Type": "multipart/form-data; boundary=line",
                                "Content-Length": "5000000"}.items():
                line.putheader(name, value)
            # Begun, and not gone on with.
            line.endheaders(beginning(token) + b"%PDF-1.7")
        status, text = show_from("127.0.0.40", gateway, archive.read_bytes())
        assert status == 200 and words("proofStanding.current") in text and number in text
