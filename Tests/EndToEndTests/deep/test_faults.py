"""Disks that are full, out of inodes or dying: a clean refusal or a whole success, each time."""
import base64, hashlib, os, random, struct, subprocess
import pytest
from harness.drop import Drop
from harness.mail import Mailbox
from harness.processes import wait_for
from samples import pdf as pdf_file
from .failing_disk import FailingDisk
from .test_disk_full import RESERVE, fill, free, small_disk
from .test_sftp_fuzz import ACCOUNT, SEAL, Wire, text
from .visitor import ROSA, Visitor, answer_link, letter_for, pdf

pytestmark = pytest.mark.deep
FAILURE = 4


@pytest.fixture(scope="module")
def server(program):
    return program.parent / "mochila-sftp"


def stored(name):
    """What a partner's file is called on the disk."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def spool(root):
    for name in "in queue out fetched receipts days slots".split():
        (root / "partners" / ACCOUNT / name).mkdir(parents=True)
    (root / "bell").mkdir()
    return root


class Sender:
    """Puts files over one connection and keeps account of what was acknowledged."""

    def __init__(self, server, folder, partner=ACCOUNT):
        self.wire, self.folder = Wire(server, folder, partner).hello(), folder
        self.partner = partner
        self.taken, self.dice, self.number = {}, random.Random(7), 0

    def status(self, kind, body):
        self.number += 1
        self.wire.send(kind, struct.pack(">I", self.number) + body)
        kind, body = self.wire.receive()
        if kind == 102:
            return 0, body[8:]
        assert kind == 101, (kind, body)
        code, length = struct.unpack(">II", body[4:12])
        return code, body[12:12 + length].decode()

    def put(self, name, size=4_000):
        """Nothing where it was acknowledged, else the words of the refusal."""
        return self.send(name, SEAL + self.dice.randbytes(size))

    def send(self, name, content):
        code, handle = self.status(3, text(f"/in/{name}") + struct.pack(">II", 0x1a, 0))
        if code:
            return handle
        for at in range(0, len(content), 100_000):
            code, words = self.status(6, text(handle) + struct.pack(">Q", at)
                                      + text(content[at:at + 100_000]))
            if code:
                break
        closed, more = self.status(4, text(handle))
        if code or closed:
            # Whatever was refused in the middle is not submitted by its end.
            return words if code else more
        self.taken[name] = content
        return None

    def queued(self):
        return [p.read_bytes() for p in (self.folder / "partners" / self.partner / "queue").iterdir()
                if not p.name.startswith(".")]

    def check(self):
        assert sorted(self.queued()) == sorted(self.taken.values())


def test_a_disk_full_of_bytes_or_inodes_refuses_in_words_and_takes_again(server, tmp_path):
    with small_disk(tmp_path / "disk", RESERVE + (4 << 20)) as disk:
        sender = Sender(server, spool(disk / "drop"))
        assert sender.put("first.cms") is None
        ballast = fill(disk, RESERVE - 8_192)
        words = sender.put("second.cms")
        assert "No space" in words and "Nothing was lost" in words
        sender.check()
        ballast.unlink()
        assert sender.put("second.cms") is None
        sender.check()

        # Inodes: each file needs one for itself and one for its mark.
        subprocess.run(["mount", "-o", f"remount,nr_inodes={inodes(disk) + 21}", str(disk)], check=True)
        refusals = [words for number in range(30) if (words := sender.put(f"inode{number}.cms"))]
        assert refusals and all("No space" in words for words in refusals)
        assert 3 <= len(sender.taken) < 30
        sender.check()
        subprocess.run(["mount", "-o", f"remount,nr_inodes={inodes(disk) + 500}", str(disk)], check=True)
        for number in range(30):
            if f"inode{number}.cms" not in sender.taken:
                assert sender.put(f"inode{number}.cms") is None
        sender.check()
        assert sender.wire.close() == 0


def test_a_large_file_leaves_the_database_its_room_and_can_be_resumed(server, tmp_path):
    with small_disk(tmp_path / "disk", RESERVE + (16 << 20)) as disk:
        sender = Sender(server, spool(disk / "drop"))
        words = sender.put("large.cms", 40 << 20)
        assert "No space" in words and "Nothing was lost" in words
        assert free(disk) > RESERVE - (1 << 20), "it grew into what is left to the database"
        # The CLOSE behind a refused WRITE hands nothing to the gateway.
        sender.check()
        part = [p for p in (disk / "drop/partners" / ACCOUNT / "in").iterdir()]
        assert len(part) == 1 and part[0].stat().st_size > 8 << 20, "what came is kept"
        code, words = sender.status(13, text("/in/large.cms"))
        assert code == 0, words
        assert sender.put("small.cms") is None
        sender.check()
        assert sender.wire.close() == 0


def inodes(disk):
    facts = os.statvfs(disk)
    return facts.f_files - facts.f_ffree


def test_a_flush_that_fails_acknowledges_nothing(server, tmp_path):
    """Small files by way of the journal, larger ones by themselves."""
    disk, dice = FailingDisk(tmp_path / "fault"), random.Random(3)
    with disk.under():
        sender = Sender(server, spool(tmp_path / "drop"))
    refused = 0
    for number in range(60):
        size = dice.choice([100, 4_000, 30_000, 70_000])
        if dice.random() < 0.3:
            with disk.failing():
                words = sender.put(f"f{number}.cms", size)
            assert "could not store" in words, words
            refused += 1
        else:
            assert sender.put(f"f{number}.cms", size) is None
    assert refused > 5 and len(sender.taken) > 20
    sender.check()
    with disk.failing():
        # Its end cannot settle the journal; the records stay, and the next one does.
        assert sender.wire.close() == 0
    assert Wire(server, sender.folder).hello().close() == 0
    sender.check()


def test_a_gateway_whose_disk_dies_refuses_and_goes_on_when_it_is_back(fresh_gateway, tmp_path):
    disk, gateway = FailingDisk(tmp_path / "fault"), fresh_gateway()
    with disk.under():
        gateway.start()
    rosa, clerk = Visitor(gateway).sign_in(ROSA), Visitor(gateway)
    number = rosa.file_request("Fallo", "Disco")
    dropped = rosa.file_request("Fallo", "Paquete")
    mail = letter_for(Mailbox(gateway.data / "mail/new"), number)
    base = clerk.open_link(answer_link(mail), mail.code)
    content = pdf(5, 200_000)
    with Drop(gateway) as drop:
        bundle = drop.seal(tmp_path / "b.cms", dropped, pdf_file(tmp_path / "b.pdf", text=dropped))
        with disk.failing():
            # An upload, the store's commit, and a bundle that lies in the queue already.
            drop.sftp(f"put {bundle} in/b.cms")
            page = clerk.send_records(base, [("fallo.pdf", content)], "Ana Fallo")
            assert page.status in (500, 503, 507), f"{page.status} {page.words[:200]}"
            draft = rosa.ask("POST", "/requests/new",
                             f"csrf={rosa.get('/requests').form('/requests/new')['csrf']}",
                             **{"Content-Type": "application/x-www-form-urlencoded"})
            assert draft.status in (500, 503, 507), draft.status
            for answer in page, draft:
                assert any(w in answer.words for w in ("kept", "saved", "Nothing you sent before is lost")), \
                    answer.words[:400]
            assert rosa.get("/requests").status == 200
            assert "fallo.pdf" not in clerk.get(f"{base}/records").text
            wait_for(lambda: disk.hits() > 3, 60, "flushes that failed")
            assert "b.cms.receipt" not in drop.sftp("ls receipts")
        # The disk is back: nobody restarts anything.
        page = wait_for(lambda: sent(clerk.send_records(base, [("fallo.pdf", content)], "Ana Fallo")),
                        20, "the upload is taken", every=0.5)
        receipt = drop.receipt("b.cms", 90)
        assert receipt["verdict"] == "accepted", receipt
        assert hashlib.sha256(bundle.read_bytes()).hexdigest() == receipt["sealedSHA256"]
    another = rosa.file_request("Fallo", "Despues")
    assert another != number
    found = wait_for(lambda: files(rosa, number), 60, "the sealed answer", every=0.5)
    assert [hashlib.sha256(rosa.get(path).body).hexdigest() for path in found] == [
        hashlib.sha256(content).hexdigest()]


def test_a_commit_that_failed_and_stood_after_all_lost_no_file(fresh_gateway, tmp_path):
    """Its flush failed, so nobody knew; the journal had it, and the next start finds it there."""
    disk, gateway = FailingDisk(tmp_path / "fault"), fresh_gateway()
    with disk.under():
        gateway.start()
    rosa = Visitor(gateway).sign_in(ROSA)
    number = rosa.file_request("Duda", "Disco")
    letter_for(Mailbox(gateway.data / "mail/new"), number)
    drop = Drop(gateway)
    page = pdf_file(tmp_path / "d.pdf", text=number)
    bundle = drop.seal(tmp_path / "d.cms", number, page)
    taken = lambda: len(list((gateway.data / "data/files").glob("*.file")))
    before = taken()
    sender = Sender(drop.program.parent / "mochila-sftp", drop.folder, "weslaco-east")
    with disk.failing(only=".sqlite-wal"):
        assert sender.send("d.cms", bundle.read_bytes()) is None
        assert sender.wire.close() == 0
        wait_for(lambda: disk.hits() > 1, 60, "a commit that failed")
        # Its file was whole by then; whatever is done about the failure has been done.
        wait_for(lambda: "waits" in gateway.log.read_text(), 60, "the gateway's word of it")
        gateway.kill()
    gateway.start()
    receipt = drop.folder / "partners/weslaco-east/receipts" / stored("d.cms.receipt.json")
    wait_for(receipt.exists, 90, "the receipt")
    assert '"verdict": "accepted"' in receipt.read_text()
    assert taken() > before
    found = wait_for(lambda: files(rosa, number), 60, "the sealed answer", every=0.5)
    assert [hashlib.sha256(rosa.get(path).body).hexdigest() for path in found] == [
        hashlib.sha256(page.read_bytes()).hexdigest()]


def sent(page):
    return page if page.status == 303 else None


def files(rosa, number):
    import re
    page = rosa.get(f"/requests/{number}/records").text
    return re.findall(r'href="(/requests/[^"]+/files/[^"]+)">', page)


def test_uploads_without_an_inode_are_refused_and_taken_later(program, planted, tmp_path):
    import shutil
    from harness.processes import Gateway
    used = sum(f.stat().st_size for f in planted.rglob("*") if f.is_file())
    with small_disk(tmp_path / "disk", used + RESERVE + (64 << 20)) as disk:
        shutil.copytree(planted, disk / "data")
        with Gateway(program, disk / "data") as gateway:
            rosa, clerk = Visitor(gateway).sign_in(ROSA), Visitor(gateway)
            number = rosa.file_request("Sin", "Nodos")
            mail = letter_for(Mailbox(gateway.data / "mail/new"), number)
            base = clerk.open_link(answer_link(mail), mail.code)
            content = pdf(6, 50_000)
            subprocess.run(["mount", "-o", f"remount,nr_inodes={inodes(disk)}", str(disk)], check=True)
            page = clerk.send_records(base, [("nodo.pdf", content)], "Ana Nodos")
            assert page.status == 507, f"{page.status} {page.words[:300]}"
            assert "nodo.pdf" not in clerk.get(f"{base}/records").text
            assert rosa.get("/requests").status == 200
            subprocess.run(["mount", "-o", "remount,nr_inodes=100000", str(disk)], check=True)
            wait_for(lambda: sent(clerk.send_records(base, [("nodo.pdf", content)], "Ana Nodos")),
                     20, "the upload is taken", every=0.5)
            found = wait_for(lambda: files(rosa, number), 60, "the sealed answer", every=0.5)
            assert len(found) == 1


def test_a_power_cut_after_acknowledgement_loses_nothing(server, tmp_path):
    """The disk as it was when the last answer came, with nothing flushed since."""
    image, place = tmp_path / "disk.img", tmp_path / "mounted"
    place.mkdir()
    with open(image, "wb") as file:
        file.truncate(192 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    mount(image, place)
    try:
        sender = Sender(server, spool(place / "drop"))
        os.sync()
        for number in range(400):
            assert sender.put(f"p{number}.cms", 3_000 + number) is None
        # The power goes: nobody tells anybody, and what only memory knew is gone.
        sender.wire.process.kill()
        sender.wire.process.wait()
        cut = tmp_path / "cut.img"
        subprocess.run(["cp", "--sparse=always", image, cut], check=True)
    finally:
        subprocess.run(["umount", str(place)], check=True)
    mount(cut, place)
    try:
        folder = place / "drop"
        before = len([p for p in (folder / "partners" / ACCOUNT / "queue").iterdir()])
        stale(folder)
        assert Wire(server, folder).hello().close() == 0
        sender.folder = folder
        assert sorted(c for c in sender.queued() if c) == sorted(sender.taken.values())
        print(f"{before} of 400 were in the folder after the cut, all after the journal was read")
    finally:
        subprocess.run(["umount", str(place)], check=True)


def stale(folder):
    """The journals as another run of the kernel finds them."""
    for journal in (folder / "partners" / ACCOUNT / "slots").glob("*.journal"):
        with open(journal, "r+b") as file:
            file.seek(16)
            file.write(b"0" * 36)


def mount(image, place):
    done = subprocess.run(["mount", "-o", "loop", image, place], capture_output=True, text=True)
    if done.returncode:
        pytest.fail("a power cut can only be played where a file system may be mounted, which is "
                    f"not allowed here: {done.stderr.strip()}")
