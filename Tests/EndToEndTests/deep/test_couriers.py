"""Partners and the mail server fail: it is seen, nothing is lost, and all of it arrives once."""
import hashlib, json, os, pathlib, re, shutil, signal, subprocess, time
import pytest
from harness.mail import Mailbox
from harness.processes import Peer, end_with_us, free_port, wait_for
from .line import CUT, PASS, STALL, Line
from .test_kills import rows
from .visitor import GRACE, IMMOKALEE, Visitor, answer_link, letter_for, pdf

FAILING, DELIVERED = "Delivery to the system of", "Delivered to the system of"


def another_day(person):
    """What waits for its next try gets it: the demonstration's clock goes on to the next day."""
    person.post("/demo/clock", {**person.get("/home").form("/demo/clock"), "step": "day"},
                patience=240)


@pytest.mark.deep
@pytest.mark.parametrize("fault, offsets", [
    ("down", [0]), (STALL, [300_000]), (CUT, [700, 3_000, 60_000, 900_000, 1_200_000])])
def test_a_partner_gets_every_bundle_once(fresh_gateway, sshd, fault, offsets):
    line = Line(sshd["port"])
    gateway = fresh_gateway(
        "--partner", f"127.0.0.1:{line.port}:{sshd['user']}:{sshd['folder']}")
    (gateway.data / "partner").mkdir(exist_ok=True)
    (gateway.data / "partner/host_key.pub").write_text(sshd["host_key"] + "\n")
    keys = gateway.data / "keys/sftp"
    keys.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(pathlib.Path(sshd["keys"]) / "partner", keys / "partner")
    os.chmod(keys / "partner", 0o600)
    drop = pathlib.Path(sshd["folder"])
    gateway.start()
    if fault == "down":
        line.down()
    else:
        line.mode, line.after = fault, offsets[0]
    grace, clerk = Visitor(gateway).sign_in(GRACE), Visitor(gateway)
    number = grace.file_request("Entrega", "Lejana", school=IMMOKALEE)
    mail = letter_for(Mailbox(gateway.data / "mail/new"), number)
    base = clerk.open_link(answer_link(mail), mail.code)
    page = clerk.send_records(base, [("big.pdf", pdf(5, 3 << 20))], "Marie Lejos", complete=True)
    assert page.status == 303, page.words[:300]

    # Who waits for something else does not wait for this partner.
    began = time.monotonic()
    if fault == STALL:
        wait_for(lambda: line.attempts, 30, "the first try")
    other = grace.file_request("Otra", "Lejana", school=IMMOKALEE)
    letter_for(Mailbox(gateway.data / "mail/new"), other)
    elsewhere = time.monotonic() - began
    assert elsewhere < 15, f"somebody else's letter took {elsewhere:.0f} s"

    # Seen by whoever waits for it, within a minute even where nobody hangs up.
    wait_for(lambda: FAILING in grace.get(f"/requests/{number}").words, 60,
             "the tracker says that the delivery fails", every=0.2)
    noticed = time.monotonic() - began
    for offset in offsets[1:]:
        line.after, tried = offset, line.attempts
        another_day(grace)
        assert only_whole_ones(gateway, drop)
        # What was cut is resumed, so a day of tries with large pieces may bring all of it.
        assert line.attempts > tried or finished(drop), "nobody tries any more"
    if fault != STALL:
        # A day holds two dozen tries, each of which would stall for half a minute.
        another_day(grace)
    assert only_whole_ones(gateway, drop)

    line.mode = PASS
    line.up()
    tries = line.attempts

    def arrived():
        another_day(grace)
        return finished(drop)
    [file] = wait_for(arrived, 120, "the bundle arrives", every=1)
    [(bundle,)] = rows(gateway, "SELECT id FROM bundles")
    sealed = (gateway.data / f"data/bundles/{bundle}.cms").read_bytes()
    assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(sealed).digest()
    wait_for(lambda: DELIVERED in grace.get(f"/requests/{number}").words, 30, "the tracker says so")
    words = grace.get(f"/requests/{number}").words
    # Later days change nothing: one file, one line, one disclosure.
    another_day(grace)
    assert finished(drop) == [file] and not list(drop.glob("*.part"))
    assert words.count(DELIVERED) == 1
    assert rows(gateway, "SELECT count(*) FROM audit WHERE action = 'bundle.push'") == [(1,)]
    assert rows(gateway, "SELECT count(*) FROM disclosures") == [(1,)]
    print(f"{fault}: noticed after {noticed:.0f} s, somebody else's letter took {elsewhere:.1f} s, "
          f"{tries} connections before it was well again")
    line.down()


def only_whole_ones(gateway, drop) -> bool:
    """A part under its final name would be taken for the record. What was cut is resumed, so the
    last cut may come too late."""
    sizes = {f.stat().st_size for f in (gateway.data / "data/bundles").glob("*.cms")}
    return all(f.stat().st_size in sizes for f in finished(drop))


def finished(drop) -> list:
    return [f for f in drop.iterdir() if f.suffix != ".part"]


class Installation:
    """A real one, with TLS and a mail server."""

    def __init__(self, program, folder, smtp, port):
        self.program, self.folder = str(program), folder
        self.port = free_port()
        self.run("init", str(folder), "--address", f"https://localhost:{self.port}",
                 "--self-signed-tls")
        (folder / "keys/mail-password").write_text(smtp["password"] + "\n")
        os.chmod(folder / "keys/mail-password", 0o600)
        (folder / "mochila.yaml").write_text(f"""
base_address: https://localhost:{self.port}
listen:
  host: 127.0.0.1
  port: {self.port}
mail:
  host: localhost
  port: {port}
  security: starttls
  user: {smtp['user']}
  password_file: keys/mail-password
  ca_file: {smtp['authority']}
  from_address: records@records.example
""")

    def run(self, *arguments, expecting=0):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=300)
        assert expecting is None or done.returncode == expecting, done.stdout + done.stderr
        return done

    def invite(self, address):
        return self.run("user", "invite", "--at", str(self.folder), "--email", address, "--name",
                        "Nueva Persona", "--role", "auditor", "--organization", "gateway").stdout

    def serve(self):
        log = open(self.folder.parent / "serve.log", "ab")
        return subprocess.Popen([self.program, "serve", "--at", str(self.folder)],
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                preexec_fn=end_with_us)


@pytest.mark.deep
def test_mail_waits_for_its_server_and_arrives(program, smtp, tmp_path):
    line = Line(smtp["port"])
    line.down()
    place = Installation(program, tmp_path / "gateway", smtp, line.port)
    people = [f"person{number}@office.example" for number in range(8)]
    for address in people:
        assert "on file" in place.invite(address)
    report = place.run("doctor", "--at", str(place.folder), expecting=None)
    assert report.returncode != 0
    assert re.search(r"mail", report.stdout) and re.search(r"outbox|wait", report.stdout, re.I), \
        report.stdout

    server = place.serve()
    try:
        line.up()
        messages = pathlib.Path(smtp["messages"])

        def heard():
            return {to for f in messages.glob("*.json") for to in json.loads(f.read_text())["to"]}
        wait_for(lambda: heard() == set(people), 240, "every invitation arrives", every=1)
        wait_for(lambda: nothing_waits(place), 300, "nothing is left to send", every=1)
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) in (0, -signal.SIGTERM)
        line.down()
    mails = Mailbox(smtp["messages"]).all()
    assert len(mails) == len({m.message_id for m in mails}) == len(people)
    report = place.run("doctor", "--at", str(place.folder), expecting=None)
    assert "person0" not in report.stdout


def nothing_waits(place) -> bool:
    import sqlite3
    store = sqlite3.connect(f"file:{place.folder / 'data/store.sqlite'}?mode=ro", uri=True)
    try:
        return store.execute(
            "SELECT count(*) FROM effects WHERE status = 'waiting'").fetchone() == (0,)
    finally:
        store.close()
