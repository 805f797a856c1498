"""Two hundred partners behind one sshd as `mochila sftp config` writes it, and one that goes away
without a word."""
import concurrent.futures, getpass, hashlib, json, os, pathlib, subprocess, time
import pytest
from harness.processes import Peer, end_with_us, free_port, wait_for
from test_installation import Installation
from .line import STALL, Line

pytestmark = pytest.mark.deep

PARTNERS, WITHIN = 200, 90
# What begins like a seal is taken in, and found out when it is opened.
SEAL = bytes.fromhex("3080060b2a864886f70d0109100117")


class Drop:
    """The sshd in front of an installation's drop."""

    def __init__(self, place, folder):
        self.place, self.folder = place, folder
        self.port, self.user = free_port(), getpass.getuser()
        self.drop = place.folder / "data/drop"
        self.log = folder / "sshd.log"
        self.keys, self.process = {}, None

    def ask(self, *words):
        done = self.place.at(*map(str, words))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def add(self, account, number, *limits):
        key = self.folder / account
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        self.ask("partner", "add", account, "--organization", f"district:{4_800_000 + number}",
                 "--signing-certificate", self.place.folder / "keys/signing.pem", *limits)
        self.ask("partner", "key", "add", account, *key.with_suffix(".pub").read_text().split()[:2])
        self.keys[account] = key

    def open(self, *options):
        self.ask("sftp", "config", "--address", "127.0.0.1", "--port", self.port)
        pathlib.Path("/run/sshd").mkdir(parents=True, exist_ok=True)
        with open(self.log, "wb") as log:
            # A test's folder lies below one that everybody may write.
            self.process = subprocess.Popen(
                ["/usr/sbin/sshd", "-D", "-e", "-f", str(self.place.folder / "sshd/sshd_config"),
                 "-o", "StrictModes=no", *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_us)
        wait_for(lambda: b"Server listening" in self.log.read_bytes(), 20, "sshd")

    def close(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def command(self, account, port=None):
        return ["sftp", "-q", "-P", str(port or self.port), "-i", str(self.keys[account]), "-o",
                "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o",
                "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-b", "-",
                f"{self.user}@127.0.0.1"]

    def sftp(self, account, *commands):
        return subprocess.run(self.command(account), capture_output=True, text=True, timeout=60,
                              input="".join(c + "\n" for c in commands))

    def shelf(self, account, name):
        return self.drop / "partners" / account / name


class Session:
    """One partner's sftp, which stays connected between its commands."""

    def __init__(self, drop, account, folder, port=None):
        self.account, self.folder = account, folder
        self.said = folder / f"{account}.said"
        with open(self.said, "wb") as said:
            self.process = subprocess.Popen(drop.command(account, port), stdin=subprocess.PIPE,
                                            stdout=said, stderr=said, preexec_fn=end_with_us)

    def do(self, *commands):
        self.process.stdin.write("".join(c + "\n" for c in commands).encode())
        self.process.stdin.flush()

    def words(self):
        return self.said.read_text(errors="replace")

    def check(self):
        assert self.process.poll() is None, f"{self.account} was sent away: {self.words()}"
        return self

    def end(self):
        self.process.stdin.close()
        return self.process.wait(30)

    def kill(self):
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def drop(program, tmp_path):
    with Peer("smtp_peer.py") as smtp:
        place = Installation(program, tmp_path / "gateway", smtp)
        drop = Drop(place, tmp_path)
        try:
            yield drop
        finally:
            drop.close()
            place.stop()


def served(drop):
    """Processes behind sshd that have a partner's place in the drop."""
    count = 0
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        count += line[0].endswith(b"mochila-sftp") and str(drop.drop).encode() in line
    return count


def receipt(path):
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return None


def test_two_hundred_partners_are_connected_at_once_and_each_gets_its_receipt(drop, tmp_path):
    accounts = [f"partner-{number}" for number in range(PARTNERS)]
    for number, account in enumerate(accounts):
        drop.add(account, number)
    drop.open()
    drop.place.start()
    for number, account in enumerate(accounts):
        (tmp_path / f"{account}.cms").write_bytes(SEAL + number.to_bytes(4, "big") + bytes(4_000))

    began = time.monotonic()
    sessions = [Session(drop, account, tmp_path) for account in accounts]
    for session in sessions:
        session.do(f"put {tmp_path}/{session.account}.cms in/{session.account}.cms")
    # All of them at one time, and none was sent away.
    wait_for(lambda: all(s.check() for s in sessions) and served(drop) == PARTNERS, WITHIN,
             "all are connected", every=0.5)
    connected = time.monotonic() - began

    receipts, waiting, asked = {}, list(sessions), 0

    def look():
        for session in waiting:
            if found := receipt(tmp_path / f"{session.account}.json"):
                receipts.setdefault(session.account, found)
        return len(receipts) == PARTNERS
    while waiting:
        assert time.monotonic() - began < WITHIN, \
            f"{len(waiting)} have no receipt, such as {waiting[0].account}: {waiting[0].words()}"
        for session in waiting:
            # What is not there yet is no error of theirs.
            session.check().do(f"-get receipts/{session.account}.cms.receipt.json "
                               f"{tmp_path}/{session.account}.json")
        asked += 1
        ceiling = time.monotonic() + 5
        while time.monotonic() < ceiling and not look():
            time.sleep(0.2)
        waiting = [s for s in waiting if s.account not in receipts]
    took = time.monotonic() - began
    assert served(drop) == PARTNERS, "all were still connected"
    for session in sessions:
        sealed = (tmp_path / f"{session.account}.cms").read_bytes()
        # Each its own, and nobody else's.
        assert receipts[session.account]["verdict"] == "refused", receipts[session.account]
        assert receipts[session.account]["sealedSHA256"] == hashlib.sha256(sealed).hexdigest()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        ends = list(pool.map(Session.end, sessions))
    assert set(ends) == {0}, [s.words() for s, end in zip(sessions, ends) if end][:3]
    wait_for(lambda: served(drop) == 0, 30, "nobody is connected", every=0.2)
    print(f"{PARTNERS} partners: all connected after {connected:.0f} s, all receipts after "
          f"{took:.0f} s, asked {asked} times")


def test_who_goes_away_without_a_word_frees_its_place_and_can_go_on(drop, tmp_path):
    """The line goes dead in the middle of a file: neither side hears that the other is gone."""
    drop.add("oak", 1, "--limit", "sessions=1")
    # As configured it takes two minutes, which a unit test reads; the way is the same in seconds.
    drop.open("-o", "ClientAliveInterval=2", "-o", "ClientAliveCountMax=2")
    bundle = tmp_path / "large.cms"
    bundle.write_bytes(SEAL + os.urandom(6 << 20))
    line = Line(drop.port)
    line.mode, line.after = STALL, 1 << 20
    gone = Session(drop, "oak", tmp_path, line.port)
    try:
        gone.do(f"put {bundle} in/large.cms")
        part = lambda: [p for p in drop.shelf("oak", "in").iterdir() if p.stat().st_size > 1 << 18]
        wait_for(part, 30, "the first bytes of it")
        # It holds the only place that there is.
        assert drop.sftp("oak", "ls").returncode != 0
        back = lambda: drop.sftp("oak", "ls").returncode == 0
        wait_for(back, 60, "the place is free", every=0.5)
        assert b"client not responding" in drop.log.read_bytes(), drop.log.read_text()
    finally:
        line.down()
        gone.kill()
    assert not list(drop.shelf("oak", "queue").iterdir()), "half a file counts for nothing"
    [kept] = part()
    assert kept.stat().st_size < bundle.stat().st_size
    done = drop.sftp("oak", f"reput {bundle} in/large.cms")
    assert done.returncode == 0, done.stdout + done.stderr
    [queued] = drop.shelf("oak", "queue").iterdir()
    assert queued.read_bytes() == bundle.read_bytes()
