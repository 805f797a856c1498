"""Killed at every write of one intake: a clean refusal or a whole success, each time.

Of what the gateway writes for one answer some points are taken, evenly, so that it fits the deep
run; MOCHILA_POINTS_OF_ALL=1 takes them all. What the process behind sshd writes for one file is few
and quick: all of it, every time.
"""
import collections, hashlib, random, re, struct
import pytest
from harness.drop import Drop
from harness.mail import Mailbox
from harness.processes import wait_for
from samples import pdf as pdf_file
from .test_faults import Sender, spool, stored
from .test_kills import LINE_BROKE, broken_audit_entry, rows
from .test_sftp_fuzz import SEAL, Wire
from .visitor import ROSA, Visitor, answer_link, letter_for, pdf
from .write_points import KILLED, WritePoints, chosen

pytestmark = pytest.mark.deep
MOST = 12


def said(points):
    kinds = collections.Counter(line.split()[0] for line in points.log())
    return f"{points.passed()} points: " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())


# MARK: The process behind sshd

@pytest.mark.parametrize("size", [4_000, 150_000], ids=["by-the-journal", "by-itself"])
@pytest.mark.parametrize("torn", [False, True], ids=["before", "halfway"])
def test_a_file_put_by_sftp_is_whole_or_not_there(program, tmp_path, size, torn):
    server = program.parent / "mochila-sftp"
    points = WritePoints(tmp_path / "points", "mochila-sftp", tmp_path)
    number, outcomes, ended = 0, collections.Counter(), False
    while not ended:
        number += 1
        root = tmp_path / f"drop{number}"
        root.mkdir()
        points.disarm()
        with points.under():
            sender = Sender(server, spool(root))
        sender.dice.seed(number)
        points.kill(number, torn)
        try:
            words = sender.put("one.cms", size)
            # Its end belongs to it: what the journal holds gets its place.
            code = sender.wire.close()
        except (AssertionError, TypeError, BrokenPipeError, struct.error):
            # The connection ended in the middle of an answer.
            words, code = "no answer", sender.wire.process.wait(20)
            sender.wire.process.stdout.close()
        ended = code not in KILLED
        assert not ended or (code, words) == (0, None), (code, words)
        points.disarm()
        # The next connection takes up what the last one left.
        after = Wire(server, root).hello()
        assert after.close() == 0
        found = sender.queued()
        expected = SEAL + random.Random(number).randbytes(size)
        assert found in ([], [expected]), f"point {number}: {[len(f) for f in found]} bytes"
        if words is None:
            assert found == [expected], f"point {number}: acknowledged and lost"
        outcomes["acknowledged" if words is None else "kept" if found else "not there"] += 1
        # Whatever became of it, it can be sent again.
        again = Sender(server, root)
        assert again.put("two.cms", size) is None
        assert again.wire.close() == 0
        assert len(again.queued()) == len(found) + 1
    print(f"{size} bytes: killed at each of {number - 1} points: {dict(outcomes)}")
    assert number > 5, "nothing was counted"


# MARK: The gateway

class House:
    """A gateway that is killed and started again, and the people who look at it."""

    def __init__(self, gateway, points):
        self.gateway, self.points = gateway, points
        with points.under():
            gateway.start()
        self.rosa = Visitor(gateway).sign_in(ROSA)
        self.box = Mailbox(gateway.data / "mail/new")
        self.asked = 0

    def ask(self) -> str:
        position, self.asked = self.asked, self.asked + 1
        letters = "".join(chr(97 + int(digit)) for digit in str(position))
        number = self.rosa.file_request("Punto" + letters, "Corte")
        letter_for(self.box, number)
        return number

    def is_dead(self) -> bool:
        return self.gateway.process.poll() is not None

    def restart(self):
        """Where it was killed, as it comes up again; the points are not counted meanwhile."""
        self.points.disarm()
        if self.is_dead():
            code = self.gateway.process.returncode
            assert code in KILLED, f"ended with {code}: {self.gateway.last_words()}"
            self.gateway.process = None
            with self.points.under():
                self.gateway.start()
            return True
        return False

    def is_idle(self) -> bool:
        """Nothing is due any more. Looked up in the file: a page would write who looked."""
        return not rows(self.gateway, "SELECT 1 FROM effects WHERE status <> 'done' AND (kind ="
                        " 'assemble' OR due <= (SELECT max(at) FROM audit)) LIMIT 1")

    def idle(self):
        wait_for(self.is_idle, 120, "the work is done")

    def bundles(self) -> int:
        return rows(self.gateway, "SELECT count(*) FROM bundles")[0][0]

    def answers(self, number) -> list:
        """The SHA-256 of each file that arrived for a request."""
        page = self.rosa.get(f"/requests/{number}/records").text
        paths = re.findall(r'href="(/requests/[^"]+/files/[^"]+)">', page)
        return [hashlib.sha256(self.rosa.get(path).body).hexdigest() for path in paths]

    def agrees(self, expected: dict):
        """Each request has its answer once, with its bytes, and nothing else is in the store."""
        self.idle()
        for number, digest in expected.items():
            found = wait_for(lambda: self.answers(number), 120, f"the sealed answer to {number}")
            assert found == [digest], f"{number}: {len(found)} files"
        assert rows(self.gateway, "PRAGMA integrity_check") == [("ok",)]
        assert not rows(self.gateway, "PRAGMA foreign_key_check")
        assert broken_audit_entry(self.gateway) is None
        kept = {f.name.split(".")[0] for f in (self.gateway.data / "data/files").iterdir()}
        assert {f for f, in rows(self.gateway, "SELECT file FROM bundle_files")} <= kept
        [(answers,)] = rows(self.gateway, "SELECT count(*) FROM audit WHERE action = 'inquiry.answer'")
        [(stored,)] = rows(self.gateway, "SELECT count(*) FROM bundles")
        assert answers == stored


def begin(fresh_gateway, tmp_path):
    gateway = fresh_gateway()
    return House(gateway, WritePoints(tmp_path / "points", "mochila", gateway.data))


def test_an_answer_by_the_page_is_whole_or_not_there(fresh_gateway, tmp_path):
    house = begin(fresh_gateway, tmp_path)
    points, expected, outcomes = house.points, {}, collections.Counter()

    def answer(number, kill_at, torn):
        mail = letter_for(house.box, number)
        clerk = Visitor(house.gateway, f"127.0.3.{1 + house.asked}")
        base = clerk.open_link(answer_link(mail), mail.code)
        content = pdf(house.asked, 150_000)
        house.idle()
        points.kill(kill_at, torn)
        try:
            page = clerk.send_records(base, [("one.pdf", content)], "Ana Punto")
            assert page.status == 303, f"point {kill_at}: {page.status} {page.words[:300]}"
        except LINE_BROKE:
            page = None
        expected[number] = hashlib.sha256(content).hexdigest()
        return clerk, base, content, page

    # Twice in peace, to count: what is done once in a while is not of every answer.
    total = 1 << 30
    for _ in range(2):
        answer(house.ask(), 0, False)
        house.idle()
        if points.passed() < total:
            total, words = points.passed(), said(points)
        points.disarm()
    print(f"an answer by the page: {words}")
    assert total > 30 and all(kind in words for kind in ("write", "flush", "rename")), words
    for turn, point in enumerate(chosen(total, MOST)):
        number = house.ask()
        clerk, base, content, page = answer(number, point, turn % 2 == 1)
        # Killed after the answer was acknowledged, or not at all where the point did not come.
        wait_for(lambda: house.is_dead() or page and house.is_idle(), 60, "an end")
        killed = house.restart()
        shown = "one.pdf" in clerk.get(f"{base}/records").text
        assert shown or not page, f"point {point} of {total}: acknowledged and lost"
        outcomes["acknowledged" if page else "kept" if shown else "not there"] += killed
        if not shown:
            page = clerk.send_records(base, [("one.pdf", content)], "Ana Punto")
            assert page.status == 303, f"after point {point}: {page.status} {page.words[:300]}"
    house.agrees(expected)
    print(f"killed at {sum(outcomes.values())} of {total} points: {dict(outcomes)}")
    assert sum(outcomes.values()) >= 5 and outcomes["not there"] and outcomes["acknowledged"]


def test_a_dropped_bundle_is_filed_once_and_whole(fresh_gateway, tmp_path):
    house = begin(fresh_gateway, tmp_path)
    points, expected, outcomes = house.points, {}, collections.Counter()
    drop = Drop(house.gateway)
    partner = drop.folder / "partners/weslaco-east"
    receipts, queue = partner / "receipts", partner / "queue"

    def is_filed(number, before):
        return receipt(number) and house.bundles() > before and house.is_idle()

    def put(number, kill_at, torn):
        page = pdf_file(tmp_path / f"{number}.pdf", text=number)
        bundle = drop.seal(tmp_path / f"{number}.cms", number, page)
        expected[number] = hashlib.sha256(page.read_bytes()).hexdigest()
        house.idle()
        points.kill(kill_at, torn)
        # The process behind sshd, without ssh around it.
        sender = Sender(drop.program.parent / "mochila-sftp", drop.folder, "weslaco-east")
        assert sender.send(f"{number}.cms", bundle.read_bytes()) is None
        assert sender.wire.close() == 0

    def receipt(number):
        found = receipts / stored(f"{number}.cms.receipt.json")
        return found.read_text() if found.exists() else None

    total = 1 << 30
    for _ in range(2):
        number, before = house.ask(), house.bundles()
        put(number, 0, False)
        wait_for(lambda: is_filed(number, before), 90, "the receipt")
        if points.passed() < total:
            total, words = points.passed(), said(points)
        points.disarm()
    print(f"a dropped bundle: {words}")
    assert total > 30, words
    for turn, point in enumerate(chosen(total, MOST)):
        number, before = house.ask(), house.bundles()
        put(number, point, turn % 2 == 1)
        wait_for(lambda: house.is_dead() or is_filed(number, before), 90, "an end")
        had = receipt(number)
        killed = house.restart()
        outcomes["before the receipt" if not had else "after it"] += killed
        # A partner that looks now finds the receipt whole or none, and later the same.
        if had:
            assert '"verdict": "accepted"' in had and had.endswith("}\n"), f"point {point}: {had}"
        whole = wait_for(lambda: receipt(number), 90, f"the receipt after point {point}")
        assert '"verdict": "accepted"' in whole
        assert not had or had == whole, f"point {point}: another receipt"
    wait_for(lambda: not list(queue.iterdir()), 90, "an empty queue")
    house.agrees(expected)
    print(f"killed at {sum(outcomes.values())} of {total} points: {dict(outcomes)}")
    assert sum(outcomes.values()) >= 5 and outcomes["before the receipt"]
