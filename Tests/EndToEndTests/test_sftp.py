"""A partner's system answers a request by SFTP, with the clients that partners have."""
import base64, contextlib, hashlib, json, os, pathlib, random, shutil, subprocess, tempfile
import urllib.parse
import pytest
from harness.drop import ACCOUNT, HOLDER, Drop
from harness.processes import wait_for
from pages import staff
from pages.staff import CITLALI, EMILIANO, GRACE, ITZEL, JOSE, MARISOL, ROSA, XOCHITL
from samples import pdf, photo


@pytest.fixture(scope="module")
def drop(gateway):
    with Drop(gateway) as drop:
        yield drop


@pytest.fixture(scope="module")
def asked(gateway, chromium):
    """Rosa's request to the partner's school."""
    from harness import browser as kit
    from harness.person import Person
    with kit.open_page(chromium) as (page, faults):
        rosa = Person(page, faults, gateway.url)
        staff.come_back(rosa, ROSA)
        return staff.file_request(rosa, MARISOL, "Weslaco East High School")


def asked_by_search(rosa, student):
    """For a child of whom the gateway knows no place: the school is looked for by its name."""
    wizard = staff.Wizard(rosa).begin().student(student)
    wizard.search(name="Weslaco East High School", state="Texas")
    return wizard.place("Weslaco East High School").purpose().send()


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def assert_receipt(drop, path):
    """Stock tools and ours take a receipt, and neither takes it changed; leaves it changed."""
    ca = drop.data / "keys/ca.pem"
    stock = ["openssl", "cms", "-verify", "-inform", "DER", "-in", f"{path}.p7s", "-content",
             path, "-binary", "-CAfile", ca, "-out", "/dev/null"]
    ours = [drop.program, "verify", path, "--ca", ca]
    for verify in stock, ours:
        done = subprocess.run(verify, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    text = path.read_text()
    assert all(d["sha256"] in done.stdout for d in
               (json.loads(text).get("files") or json.loads(text)["content"]["files"]))
    path.write_text(text.replace("RQ-", "RQ_"))
    for verify, code in (stock, 4), (ours, 65):
        assert subprocess.run(verify, capture_output=True).returncode == code


def test_a_bundle_dropped_answers_the_request_it_names(drop, asked, people, tmp_path):
    files = [pdf(tmp_path / "transcript.pdf"), photo(tmp_path / "vacunas página 1.png")]
    bundle = drop.seal(tmp_path / "expediente María.cms", asked, *files)
    drop.sftp(f'put "{bundle}" "in/expediente María.cms.part"',
              'rename "in/expediente María.cms.part" "in/expediente María.cms"')
    receipt = drop.receipt("expediente María.cms")
    assert receipt["verdict"] == "accepted", receipt
    assert receipt["waited"] < 20
    assert receipt["request"] == asked
    assert receipt["sealedSHA256"] == digest(bundle)
    assert {f["sha256"] for f in receipt["files"]} == {digest(f) for f in files}
    # The gateway's signature over it, checked with stock tools.
    drop.sftp(f'get "receipts/expediente María.cms.receipt.json" {tmp_path}/r.json',
              f'get "receipts/expediente María.cms.receipt.json.p7s" {tmp_path}/r.json.p7s')
    assert_receipt(drop, tmp_path / "r.json")
    assert {f["opened"] for f in receipt["files"]} == {"yes"}
    assert "vacunas" not in json.dumps(receipt) and "Reyes" not in json.dumps(receipt)

    rosa = people(drop.gateway.url)
    staff.come_back(rosa, ROSA)
    staff.wait_for(rosa, f"/requests/{asked}/records",
                   lambda: "transcript.pdf" in rosa.text(), "the records")
    assert "Ana Treviño" in rosa.text()

    # What became of it: said to the sender's system as soon as the records were taken, and on the
    # request's page to everybody who may see it; a stranger checks both files on the open page.
    with rosa.page.expect_download() as loading:
        rosa.page.locator('a[href$="/everything"]').first.click()
    loading.value.save_as(tmp_path / "all.zip")
    named = wait_for(lambda: [n for n in drop.sftp("ls -1 receipts").split()
                              if asked in n and n.endswith(".receipt.json")], 60, "the receipt")[0]
    name = named.rsplit("/", 1)[-1]
    drop.sftp(f"get receipts/{name} {tmp_path}/d.json",
              f"get receipts/{name}.p7s {tmp_path}/d.json.p7s")
    stated = json.loads((tmp_path / "d.json").read_text())
    assert stated["outcome"] == "opened" and stated["content"]["request"] == asked
    assert {f["sha256"] for f in stated["content"]["files"]} == {digest(f) for f in files}
    assert {(f["opened"], f["how"]) for f in stated["content"]["files"]} == {("yes", "unpacked")}
    sent = [p for p in stated["content"]["parts"] if p["status"] in ("sent", "unsaid")]
    assert sent and all((p["opened"], p["how"]) == ("yes", ["unpacked"]) for p in sent)
    staff.wait_for(rosa, f"/requests/{asked}/disclosures",
                   lambda: rosa.page.locator('a[href$="/signature"]').count() == 1, "the receipt")
    with rosa.page.expect_download() as loading:
        rosa.page.locator('a[href$="/signature"]').click()
    loading.value.save_as(tmp_path / "page.p7s")
    assert (tmp_path / "page.p7s").read_bytes() == (tmp_path / "d.json.p7s").read_bytes()
    anybody = people(drop.gateway.url)

    def show():
        anybody.go("/check")
        anybody.attach(anybody.words("field.receipt.label"), tmp_path / "d.json",
                       tmp_path / "d.json.p7s")
        anybody.press(anybody.words("shown.button"))
    show()
    anybody.sees(anybody.words("shown.good"), asked,
                 f'{anybody.words("partOpening.opened")} ({anybody.words("fileOpening.unpacked")})')
    assert_receipt(drop, tmp_path / "d.json")
    show()
    anybody.sees_errors(anybody.words("trouble.receiptNotOurs"))

    # Again, under another name and sealed anew: filed once, and the same receipt.
    drop.sftp(f'put "{bundle}" in/again.cms')
    again = drop.receipt("again.cms")
    assert {**again, "waited": 0} == {**receipt, "waited": 0}
    listing = drop.sftp("ls -l in")
    assert str(bundle.stat().st_size) in listing and "again.cms" in listing


def test_a_bundle_goes_from_one_partner_to_another_and_opens_there(drop, people, tmp_path):
    """Dropped by the holder's system, sealed to the requester's certificate, fetched by it."""
    grace = people(drop.gateway.url)
    staff.come_back(grace, GRACE)
    number = staff.file_request(grace, JOSE, "Weslaco East High School")
    file = pdf(tmp_path / "expediente.pdf", text="A record on its way")
    bundle = drop.seal(tmp_path / "answer.cms", number, file, recipient="school:062949004555")
    drop.sftp(f"put {bundle} in/answer.cms")
    assert drop.receipt("answer.cms")["verdict"] == "accepted"
    other = drop.as_other("watsonville")
    wait_for(lambda: f"{number}-1.cms" in other.sftp("ls out"), 60, "the bundle in /out")
    assert "answer.cms" not in other.sftp("ls in") and number not in drop.sftp("ls out")
    assert "Permission denied" in other.sftp(f"-rm out/{number}-1.cms", check=False)
    fetched = tmp_path / "fetched.cms"
    other.sftp(f"get out/{number}-1.cms {fetched}")
    opened = subprocess.run(
        [str(drop.program), "open", str(fetched), "--key", str(drop.data / "partner/school.key"),
         "--cert", str(drop.data / "partner/school.pem"), "--ca", str(drop.data / "keys/ca.pem"),
         "--into", str(tmp_path / "out")], capture_output=True, text=True)
    assert opened.returncode == 0, opened.stderr
    assert [digest(p) for p in (tmp_path / "out/files").iterdir()] == [digest(file)]
    staff.wait_for(grace, f"/requests/{number}",
                   lambda: "Delivered to the system of" in grace.text(), "the collection")
    other.sftp(f"rm out/{number}-1.cms")
    assert number not in other.sftp("ls out")


# The clients that partners have. Each puts a file under a hard name, puts one that waits for its
# rename, resumes one that was cut, lists, and gets.

NAMES = ["plain.cms", "con espacios y ñ.cms", "quote's \"both\" 100%.cms"]
# Begins like a seal, so it is taken in; what it is besides, its receipt says.
CONTENT = bytes.fromhex("3080060b2a864886f70d0109100117") + random.Random(4).randbytes(700_000)


def encoded(name):
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


class OpenSSH:
    name = "OpenSSH sftp"

    def __init__(self, drop):
        self.drop = drop

    @staticmethod
    def quoted(path):
        return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'

    def put(self, local, remote, rename=None):
        lines = [f"put {self.quoted(local)} {self.quoted(remote)}"]
        if rename:
            lines.append(f"rename {self.quoted(remote)} {self.quoted(rename)}")
        self.drop.sftp(*lines)

    def resume(self, local, remote):
        self.drop.sftp(f"reput {self.quoted(local)} {self.quoted(remote)}")

    def list(self, folder):
        return self.drop.sftp(f"ls -l {folder}")

    def get(self, remote, local):
        self.drop.sftp(f"get {self.quoted(remote)} {self.quoted(local)}")


class SCP(OpenSSH):
    name = "scp"

    def put(self, local, remote, rename=None):
        if rename:
            return super().put(local, remote, rename)
        done = subprocess.run(["scp", "-q", "-P", str(self.drop.port), *self.drop.options,
                               str(local), f"{self.drop.user}@127.0.0.1:{remote}"],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr

    def get(self, remote, local):
        done = subprocess.run(["scp", "-q", "-P", str(self.drop.port), *self.drop.options,
                               f"{self.drop.user}@127.0.0.1:{remote}", str(local)],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


class Curl:
    name = "curl"

    def __init__(self, drop):
        self.drop = drop

    def run(self, *arguments):
        home = self.drop.data / "curl"
        (home / ".ssh").mkdir(parents=True, exist_ok=True)
        (home / ".ssh/known_hosts").write_text(self.drop.known.read_text())
        done = subprocess.run(["curl", "-sS", "--key", str(self.drop.key), "--pubkey",
                               f"{self.drop.key}.pub", "-u", f"{self.drop.user}:",
                               *map(str, arguments)], capture_output=True, timeout=60,
                              env={**os.environ, "HOME": str(home)})
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def url(self, path):
        return f"sftp://127.0.0.1:{self.drop.port}/{urllib.parse.quote(path)}"

    def put(self, local, remote, rename=None):
        quote = lambda p: '"/' + p.replace('"', '\\"') + '"'
        after = ["-Q", f"-rename {quote(remote)} {quote(rename)}"] if rename else []
        self.run("--ftp-create-dirs", "-T", local, *after, self.url(remote))

    def resume(self, local, remote):
        self.run("-C", "-", "-T", local, self.url(remote))

    def list(self, folder):
        return self.run(self.url(folder + "/"))

    def get(self, remote, local):
        self.run("-o", local, self.url(remote))


class LFTP:
    name = "lftp"

    def __init__(self, drop):
        self.drop = drop

    def run(self, *commands):
        ssh = " ".join(["ssh -a -x -p", str(self.drop.port), *self.drop.options])
        script = [f'set sftp:connect-program "{ssh}"', "set net:max-retries 1",
                  "set cmd:fail-exit yes", f"open sftp://{self.drop.user}:x@127.0.0.1", *commands]
        done = subprocess.run(["lftp", "-c", "\n".join(script)], capture_output=True, text=True,
                              timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    quoted = staticmethod(OpenSSH.quoted)

    def put(self, local, remote, rename=None):
        self.run(f"put {self.quoted(local)} -o {self.quoted(remote)}",
                 *([f"mv {self.quoted(remote)} {self.quoted(rename)}"] if rename else []))

    def resume(self, local, remote):
        self.run(f"put -c {self.quoted(local)} -o {self.quoted(remote)}")

    def list(self, folder):
        return self.run(f"ls {folder}")

    def get(self, remote, local):
        # As its last command, lftp leaves without closing the file; what was not closed does not
        # count as fetched, since nobody knows whether the last bytes arrived.
        self.run(f"get {self.quoted(remote)} -o {self.quoted(local)}", "cls out", "cls receipts")


class RClone:
    name = "rclone"
    resume = None

    def __init__(self, drop):
        self.drop = drop

    def run(self, *arguments):
        config = self.drop.data / "rclone.conf"
        config.write_text(f"[p]\ntype = sftp\nhost = 127.0.0.1\nport = {self.drop.port}\n"
                          f"user = {self.drop.user}\nkey_file = {self.drop.key}\n"
                          f"known_hosts_file = {self.drop.known}\n")
        done = subprocess.run(["rclone", "--config", str(config), "--retries", "1", *arguments],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def put(self, local, remote, rename=None):
        self.run("copyto", str(local), f"p:{remote}")
        if rename:
            self.run("moveto", f"p:{remote}", f"p:{rename}")

    def list(self, folder):
        return self.run("lsl", f"p:{folder}")

    def get(self, remote, local):
        self.run("copyto", f"p:{remote}", str(local))


class Paramiko:
    name = "paramiko"

    def __init__(self, drop):
        self.drop = drop

    @contextlib.contextmanager
    def session(self):
        import paramiko
        with paramiko.SSHClient() as client:
            client.load_host_keys(str(self.drop.known))
            client.connect("127.0.0.1", self.drop.port, self.drop.user, allow_agent=False,
                           look_for_keys=False, key_filename=str(self.drop.key), timeout=20)
            with client.open_sftp() as sftp:
                yield sftp

    def put(self, local, remote, rename=None):
        with self.session() as sftp:
            sftp.put(str(local), remote)
            if rename:
                sftp.posix_rename(remote, rename)

    def resume(self, local, remote):
        with self.session() as sftp:
            have = sftp.stat(remote).st_size
            with sftp.open(remote, "a") as file:
                file.write(local.read_bytes()[have:])

    def list(self, folder):
        with self.session() as sftp:
            return "\n".join(f"{a.st_size} {a.filename}" for a in sftp.listdir_attr(folder))

    def get(self, remote, local):
        with self.session() as sftp:
            sftp.get(remote, str(local))


class AsyncSSH:
    name = "asyncssh"

    def __init__(self, drop):
        self.drop = drop

    def run(self, work):
        import asyncio, asyncssh, concurrent.futures

        async def go():
            async with asyncssh.connect("127.0.0.1", self.drop.port, username=self.drop.user,
                                        client_keys=[str(self.drop.key)],
                                        known_hosts=str(self.drop.known)) as connection:
                async with connection.start_sftp_client() as sftp:
                    return await work(sftp)
        # The browser's own loop runs in this thread.
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, go()).result(120)

    def put(self, local, remote, rename=None):
        async def work(sftp):
            await sftp.put(str(local), remote, preserve=True)
            if rename:
                await sftp.rename(remote, rename)
        self.run(work)

    def resume(self, local, remote):
        async def work(sftp):
            have = (await sftp.stat(remote)).size
            async with sftp.open(remote, "ab") as file:
                await file.write(local.read_bytes()[have:])
        self.run(work)

    def list(self, folder):
        async def work(sftp):
            return "\n".join(f"{n.attrs.size} {n.filename}" for n in await sftp.readdir(folder))
        return self.run(work)

    def get(self, remote, local):
        async def work(sftp):
            await sftp.get(remote, str(local))
        self.run(work)


@pytest.mark.parametrize("kind", [OpenSSH, SCP, Curl, LFTP, RClone, Paramiko, AsyncSSH],
                         ids=lambda kind: kind.name)
def test_a_stock_client_puts_resumes_renames_lists_and_gets(kind, drop, tmp_path):
    client, place = kind(drop), drop.folder / "partners/weslaco-east"
    file = tmp_path / "bundle.cms"
    file.write_bytes(CONTENT)
    for name in NAMES:
        mine = f"{kind.name} {name}"
        # curl's command line cannot say a name with a double quote in a rename.
        client.put(file, f"in/{mine}.part", None if kind is Curl and '"' in name else f"in/{mine}")
        listed = client.list("in")
        assert mine in listed and str(len(CONTENT)) in listed
    client.put(file, f"in/{kind.name} straight.cms")
    assert drop.receipt(f"{kind.name} straight.cms")["verdict"] == "refused"
    if client.resume:
        half = tmp_path / "half"
        half.write_bytes(CONTENT[:300_000])
        client.put(half, f"in/{kind.name} cut.part")
        client.resume(file, f"in/{kind.name} cut.part")
        stored = place / "in" / f"{encoded(f'{kind.name} cut.part')}.part"
        assert stored.read_bytes() == CONTENT
    out = f"{kind.name} ñ \"it's\".cms"
    (place / "out" / encoded(out)).write_bytes(CONTENT)
    target = tmp_path / "got"
    client.get(f"out/{out}", target)
    assert target.read_bytes() == CONTENT
    line = f"{encoded(out)} {len(CONTENT)}\n"
    # A client need not wait for the answer to its last packet.
    wait_for(lambda: any(line in log.read_text() for log in (place / "fetched").glob("*.log")),
             10, "the note")
    client.get("README.txt", tmp_path / "readme")
    assert "receipts/" in (tmp_path / "readme").read_text()


def test_what_is_no_bundle_is_refused_after_its_first_bytes(drop, tmp_path):
    record = pdf(tmp_path / "record.pdf", text="The record of a child in plain")
    said = drop.sftp(f"put {record} in/record.pdf", check=False)
    assert "Failure" in said
    assert "record.pdf" not in drop.sftp("ls in")
    found = [p for p in drop.folder.rglob("*") if p.is_file() and b"%PDF" in p.read_bytes()]
    assert not found


def test_nothing_else_is_offered(drop):
    for command in (["id"], ["scp", "-t", "in"], ["md5sum", "x"], ["/bin/sh", "-c", "id"]):
        done = drop.ssh(*command)
        assert done.returncode == 1 and done.stdout == "" and "Only SFTP" in done.stderr
    assert drop.ssh().returncode == 1
    forward = drop.ssh("-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:9")
    assert forward.returncode != 0
    said = drop.sftp("-ls /etc", "-get /etc/passwd", "-put /etc/hostname out/x", "-mkdir in/new",
                     "-rm README.txt", "-ln -s /etc/passwd in/link", "pwd")
    assert "root:" not in said and "/" in said


def test_a_bundle_cut_short_is_kept_to_be_resumed(drop, asked, tmp_path):
    file = photo(tmp_path / "photo.png", width=640, height=640)
    bundle = drop.seal(tmp_path / "whole.cms", asked, file)
    half = tmp_path / "half.cms"
    half.write_bytes(bundle.read_bytes()[:bundle.stat().st_size // 2])
    drop.sftp(f"put {half} in/slow.cms")
    assert drop.receipt("slow.cms")["verdict"] == "incomplete"
    drop.sftp(f"reput {bundle} in/slow.cms")
    stale = drop.folder / "partners/weslaco-east/receipts" / encoded("slow.cms.receipt.json")
    wait_for(lambda: "incomplete" not in stale.read_text(), 60, "the second receipt")
    # The request was answered completely before: that is what the whole bundle hears.
    assert drop.receipt("slow.cms")["reason"] == "closed"


def test_bundles_that_must_not_be_filed_say_why(drop, asked, tmp_path):
    file = pdf(tmp_path / "transcript.pdf", text="Another transcript")
    keys = drop.data / "keys"
    wrong = {
        "stranger.cms": ("other-signer", {"signer": str(keys / "signing")}),
        "unknown.cms": ("not-asked", {"number": "RQ-00000-00000"}),
        "elsewhere.cms": ("other-recipient", {"recipient": "school:062949004555"}),
    }
    for name, (_, change) in wrong.items():
        number = change.pop("number", asked)
        bundle = drop.seal(tmp_path / name, number, file, **change)
        drop.sftp(f"put {bundle} in/{name}")
    whole = (tmp_path / "unknown.cms").read_bytes()
    (tmp_path / "changed.cms").write_bytes(whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:])
    (tmp_path / "longer.cms").write_bytes(whole + b"\0")
    drop.sftp(f"put {tmp_path}/changed.cms in/", f"put {tmp_path}/longer.cms in/")
    for name, (reason, _) in wrong.items():
        receipt = drop.receipt(name)
        assert (receipt["verdict"], receipt["reason"]) == ("refused", reason), name
        assert receipt["whatToDo"] and "Nothing of it" in receipt["whatIsKept"]
    for name in ("changed.cms", "longer.cms"):
        assert drop.receipt(name)["verdict"] == "refused"
    left = list((drop.data / "data/incoming").iterdir()) + list(drop.folder.glob("*/*/queue/*"))
    assert left == []


def keys_of(drop, tmp_path):
    """`mochila keys` beside the running gateway."""
    place = tmp_path / "place"
    subprocess.run([drop.program, "init", place, "--address", "https://records.oak.example"],
                   check=True, capture_output=True)
    (drop.data / "mochila.yaml").write_text((place / "mochila.yaml").read_text())

    def keys(*arguments):
        done = subprocess.run([drop.program, "keys", *map(str, arguments), "--at", drop.data],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout
    return keys


def fingerprint(path):
    shown = subprocess.run(["openssl", "x509", "-in", path, "-noout", "-fingerprint", "-sha256"],
                           capture_output=True, text=True, check=True)
    return shown.stdout.split("=")[1].strip()


def test_a_bundle_with_nothing_but_a_record_is_read_as_one(drop, people, tmp_path):
    """What was signed as data is there as data, and as the file that was signed."""
    rosa = people(drop.gateway.url)
    staff.come_back(rosa, ROSA)
    number = asked_by_search(rosa, ITZEL)
    (tmp_path / "courses.csv").write_text(COURSES)
    record = tmp_path / "record.json"
    done = subprocess.run([drop.program, "record", "convert", tmp_path / "courses.csv", "--to",
                           "json", "--out", record], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    bundle = drop.seal(tmp_path / "record.cms", number, record=record)
    drop.sftp(f"put {bundle} in/record.cms")
    receipt = drop.receipt("record.cms")
    assert receipt["verdict"] == "accepted", receipt
    assert [f["sha256"] for f in receipt["files"]] == [digest(record)]
    staff.wait_for(rosa, f"/requests/{number}/records",
                   lambda: rosa.page.get_by_role("link", name=rosa.words("sheet.open")).count(),
                   "the record on one page")
    rosa.follow(rosa.words("sheet.open"))
    rosa.sees("1.50")


# The demonstration stands in May, and a key that is made now counts from now on: from here to the
# end nothing is sealed for whoever has no key of their own.
def test_our_key_is_changed_beside_the_running_gateway(drop, people, tmp_path):
    """What was sealed to the old key before is taken until that key is destroyed; what is sealed
    to the new one is taken at once."""
    rosa = people(drop.gateway.url)
    staff.come_back(rosa, ROSA)
    first = staff.file_request(rosa, XOCHITL, "Weslaco East High School")
    second = staff.file_request(rosa, EMILIANO, "Weslaco East High School")
    keys = keys_of(drop, tmp_path)
    old, new = tmp_path / "old.pem", tmp_path / "new.pem"
    old.write_text(keys("export", "encryption"))
    file = pdf(tmp_path / "expediente.pdf", text="On its way while the keys were changed")
    before = drop.seal(tmp_path / "before.cms", first, file, to=old)
    late = drop.seal(tmp_path / "late.cms", second, file, to=old)

    keys("rotate", "encryption")
    new.write_text(keys("export", "encryption"))
    assert fingerprint(old) != fingerprint(new)
    drop.sftp(f"put {before} in/before-the-change.cms")
    assert drop.receipt("before-the-change.cms")["verdict"] == "accepted"
    after = drop.seal(tmp_path / "after.cms", second, file, to=new)
    drop.sftp(f"put {after} in/after-the-change.cms")
    receipt = drop.receipt("after-the-change.cms")
    assert receipt["verdict"] == "accepted", receipt

    keys("destroy", fingerprint(old), "--for-ever")
    drop.sftp(f"put {late} in/too-late.cms")
    receipt = drop.receipt("too-late.cms")
    assert (receipt["verdict"], receipt["reason"]) == ("refused", "wrong-key")
    # A repeat of what was taken is answered with what was said before.
    again = drop.seal(tmp_path / "other.cms", second, file, to=new)
    drop.sftp(f"put {again} in/other.cms")
    assert drop.receipt("other.cms")["reason"] == "closed"


COURSES = ("Course Title,Course Year,Credits Granted,Standard Code\r\n"
           "Algebra I,2024,1.0,02052\r\nBiology,2024,.5,03051\r\n")


def test_an_account_names_no_sender_but_whom_it_answers_for(drop, people, tmp_path):
    rosa = people(drop.gateway.url)
    staff.come_back(rosa, ROSA)
    number = asked_by_search(rosa, CITLALI)
    file = pdf(tmp_path / "transcript.pdf", text="In somebody else's name")
    bundle = drop.seal(tmp_path / "borrowed.cms", number, file, sender="school:062949004555")
    drop.sftp(f"put {bundle} in/borrowed.cms")
    receipt = drop.receipt("borrowed.cms")
    assert (receipt["verdict"], receipt["reason"]) == ("refused", "other-sender")


def test_a_revoked_key_opens_no_door_and_its_successor_does(drop, asked, people, tmp_path):
    """`mochila keys` beside the running gateway: what it says holds for the next file."""
    rosa = people(drop.gateway.url)
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, JOSE, "Weslaco East High School")
    keys = keys_of(drop, tmp_path)

    first, second = (drop.data / f"partner/{n}-signing" for n in (ACCOUNT, "watsonville"))
    file = pdf(tmp_path / "expediente.pdf", text="Signed by whoever has the key")
    drop.sftp(f"put {drop.seal(tmp_path / 'before.cms', asked, file)} in/before.cms")
    # Refused as closed where a test before this one answered.
    assert drop.receipt("before.cms")["verdict"] in ("accepted", "refused")
    listed = keys("revoke", fingerprint(f"{first}.pem"), "--since", "2026-01-01")
    assert asked in listed, "what it was believed for has to be looked at"
    drop.sftp(f"put {drop.seal(tmp_path / 'thief.cms', number, file)} in/thief.cms")
    receipt = drop.receipt("thief.cms")
    assert (receipt["verdict"], receipt["reason"]) == ("refused", "key-not-trusted")
    keys("import", f"{second}.pem", "--partner", HOLDER, "--usage", "signing")
    again = drop.seal(tmp_path / "again.cms", number, file)
    drop.sftp(f"put {again} in/thief2.cms")
    assert drop.receipt("thief2.cms")["reason"] == "other-signer"
    good = drop.seal(tmp_path / "good.cms", number, file, signer=str(second))
    drop.sftp(f"put {good} in/good.cms")
    assert drop.receipt("good.cms")["verdict"] == "accepted"


def test_the_program_behind_sshd_links_no_foundation(drop):
    server = drop.program.parent / "mochila-sftp"
    linked = subprocess.run(["ldd", str(server)], capture_output=True, text=True).stdout
    assert "libswiftCore" in linked
    for library in ("Foundation", "libssl", "libcrypto", "sqlite", "libcurl", "NIO"):
        assert library not in linked


@pytest.fixture
def own_programs(program):
    """The programs in a folder of a test's own, beside which they look for each other."""
    # On the same disk, so that no program is copied, and below the project, where its templates are.
    folder = pathlib.Path(tempfile.mkdtemp(dir=program.resolve().parent))
    for name in ("mochila", "mochila-sftp", "mochila-open", "mochila-print"):
        os.link(program.resolve().parent / name, folder / name)
    yield folder
    shutil.rmtree(folder)


def test_a_bundle_is_tried_again_where_the_gateway_could_not_open_it(
        own_programs, planted, own_gateways, people, tmp_path):
    """The program that opens bundles ends before it is done, as on a machine without memory."""
    from harness.processes import Gateway
    real = own_programs / "mochila-open"
    real.rename(own_programs / "real")
    failures = tmp_path / "failures"
    real.write_text(f"#!/bin/sh\n[ -e {failures} ] && exec {own_programs}/real\n"
                    f": > {failures}\nexit 1\n")
    real.chmod(0o700)
    shutil.copytree(planted, tmp_path / "data")
    gateway = Gateway(own_programs / "mochila", tmp_path / "data")
    own_gateways.append(gateway)
    gateway.start()
    rosa = people(gateway.url)
    staff.come_back(rosa, ROSA)
    number = staff.file_request(rosa, MARISOL, "Weslaco East High School")
    with Drop(gateway) as own:
        file = pdf(tmp_path / "transcript.pdf", text="Nothing is wrong with it")
        own.sftp(f"put {own.seal(tmp_path / 'good.cms', number, file)} in/good.cms")
        receipt = own.receipt("good.cms")
        assert failures.exists() and receipt["verdict"] == "accepted", receipt
    assert "tried again" in gateway.log.read_text()
