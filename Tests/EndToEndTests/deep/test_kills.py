"""The program is killed at random moments while people answer: what was acknowledged stays.

MOCHILA_KILLS and MOCHILA_UPLOADS make it longer; MOCHILA_SEED repeats a run's choices.
"""
import concurrent.futures, dataclasses, hashlib, http.client, os, random, re, sqlite3, subprocess
import threading, time
import pytest
from harness.mail import Mailbox
from harness.processes import NotReady, wait_for
from .visitor import IMMOKALEE, ROSA, WESLACO, Visitor, answer_link, letter_for, pdf

KILLS = int(os.environ.get("MOCHILA_KILLS", 50))
UPLOADS = int(os.environ.get("MOCHILA_UPLOADS", 1000))
SEED = int(os.environ.get("MOCHILA_SEED", 0)) or random.SystemRandom().randrange(1, 1 << 31)
# As many as give each of them about a dozen answers: pages with sixty would be most of the test's
# time, and nobody's.
INQUIRIES, WORKERS = 80, 6
LINE_BROKE = (OSError, http.client.HTTPException)


@dataclasses.dataclass
class Answer:
    number: str
    base: str
    name: str
    files: dict
    acknowledged: bool = False


class People:
    """Clerks who send records and a registrar who files requests, until they are told to stop."""

    def __init__(self, gateway, chance):
        self.gateway, self.chance = gateway, chance
        self.lock, self.stop = threading.Lock(), threading.Event()
        # Clear while the program is known to be gone, so that nobody shouts at a closed door.
        self.up = threading.Event()
        self.up.set()
        self.acknowledged = self.asked = 0
        self.answers, self.filed, self.surprises = [], [], []
        self.rosa = Visitor(gateway).sign_in(ROSA)
        self.clerks = []
        box = Mailbox(gateway.data / "mail/new")
        for position in range(INQUIRIES):
            number = self.file()
            mail = letter_for(box, number)
            # Each in an office of their own: one address may not open so many links at once.
            clerk = Visitor(gateway, f"127.0.2.{1 + position}")
            base = clerk.open_link(answer_link(mail), mail.code)
            self.clerks.append((number, base, clerk, threading.Lock()))

    def file(self) -> str:
        self.up.wait(1)
        # Another student each time: whoever was asked for and not confirmed may be on file.
        position, self.asked = self.asked, self.asked + 1
        number = self.rosa.file_request(
            "Prueba" + "".join(chr(97 + int(d)) for d in str(position)), "Martillo",
            school=(WESLACO, IMMOKALEE)[position % 2])
        self.filed.append(number)
        return number

    def answer(self):
        self.up.wait(1)
        with self.lock:
            if not self.up.is_set():
                return
            if self.acknowledged >= UPLOADS:
                return self.stop.set()
            position = len(self.answers)
            number, base, clerk, turn = self.clerks[position % INQUIRIES]
            sizes = [int(2 ** self.chance.uniform(6, 18)) for _ in range(self.chance.choice((1, 1, 2)))]
            contents = {f"r{position:05d}-{n}.pdf": pdf(position * 8 + n, size)
                        for n, size in enumerate(sizes)}
            digests = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
            answer = Answer(number, base, f"Clerk{position:05d}", digests)
            self.answers.append(answer)
        try:
            page = clerk.send_records(base, list(contents.items()), answer.name)
        except LINE_BROKE:
            return time.sleep(0.02)
        if page.status == 303 and page.goes_to == f"{base}/receipt":
            answer.acknowledged = True
            with self.lock:
                self.acknowledged += 1
        else:
            self.surprises.append(f"{answer.name}: {page.status} {page.words[:200]}")

    def work(self, task, pause=0.0):
        while not self.stop.is_set():
            try:
                task()
            except LINE_BROKE:
                time.sleep(0.02)
            except AssertionError as error:
                # A page read over a line that broke is no page; a whole one that is wrong counts.
                self.surprises.append(str(error))
            self.stop.wait(pause)


def sections(page) -> list:
    """What arrived, as the registrar's page says: for each answer its bundle, its sender, its files
    with their addresses, and whether it is sealed."""
    found = []
    for card in re.split(r'<section class="card', page.text)[1:]:
        files = dict((name, path) for path, name in
                     re.findall(r'href="(/requests/[^"]+/files/[^"]+)">([^<]+)</a>', card))
        bundle = re.search(r"/bundles/([0-9a-z]{26})/everything", card)[1]
        found.append((bundle, re.search(r"Clerk\d{5}", card)[0], files, "/sealed\"" in card))
    return found


def rows(gateway, query):
    store = sqlite3.connect(f"file:{gateway.data / 'data/store.sqlite'}?mode=ro", uri=True)
    try:
        return store.execute(query).fetchall()
    finally:
        store.close()


def broken_audit_entry(gateway):
    """The chain, computed anew from what is written down about it."""
    previous = ""
    for position, row in enumerate(rows(
            gateway, "SELECT sequence, at, actor, action, subject, detail, hash FROM audit"
                     " ORDER BY sequence"), 1):
        fields = [previous, *map(str, row[:6])]
        text = b"".join(b"%d:%s" % (len(f.encode()), f.encode()) for f in fields)
        if row[0] != position or hashlib.sha256(text).hexdigest() != row[6]:
            return row[0]
        previous = row[6]
    return None


@pytest.mark.deep
def test_what_was_acknowledged_survives_every_kill(fresh_gateway, tmp_path):
    print(f"MOCHILA_SEED={SEED}")
    chance = random.Random(SEED)
    gateway = fresh_gateway().start()
    people = People(gateway, random.Random(SEED + 1))
    kills, pool = 0, concurrent.futures.ThreadPoolExecutor(WORKERS + 1)
    jobs = [pool.submit(people.work, people.answer) for _ in range(WORKERS)]
    jobs.append(pool.submit(people.work, people.file, 0.05))
    try:
        while kills < KILLS:
            # Between two kills about as many answers as are left for each.
            left = max(0, UPLOADS - people.acknowledged) / (KILLS - kills)
            goal = people.acknowledged + chance.uniform(0.2, 1.8) * left
            ceiling = time.monotonic() + 60
            while people.acknowledged < goal and not people.stop.is_set():
                assert time.monotonic() < ceiling, "nobody gets an answer through"
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.15))
            gateway.kill()
            people.up.clear()
            kills += 1
            if kills % 10 == 0:
                # Also while it starts and takes up what was left.
                try:
                    gateway.start(ready_within=chance.uniform(0.2, 4))
                except NotReady:
                    pass
                gateway.kill()
            gateway.start()
            nothing_is_missing(people)
            people.up.set()
        wait_for(lambda: people.acknowledged >= UPLOADS, 120, "the rest of the answers")
    finally:
        people.stop.set()
        people.up.set()
        for job in jobs:
            job.result()
        pool.shutdown()

    assert not people.surprises, people.surprises[:5]
    wait_for(lambda: not rows(gateway, "SELECT 1 FROM effects WHERE status <> 'done' AND due <="
                              " (SELECT max(at) FROM audit) LIMIT 1"), 180, "the work is done")
    acknowledged = [a for a in people.answers if a.acknowledged]
    print(f"{kills} kills, {len(people.answers)} answers sent, {len(acknowledged)} acknowledged, "
          f"{len(people.filed)} requests")
    assert len(acknowledged) >= UPLOADS and len(people.filed) > INQUIRIES
    bundles = every_answer_is_whole_or_absent(gateway, people)
    the_store_agrees(gateway, people, bundles)
    sealed_bundles_open(gateway, people, bundles, tmp_path, chance)


def nothing_is_missing(people):
    """Just after a restart: the pages show every answer that was acknowledged before it."""
    with people.lock:
        known = [a for a in people.answers if a.acknowledged]
    for number, base, clerk, _ in people.clerks:
        page = clerk.get(f"{base}/records").text
        for answer in known:
            if answer.base == base:
                assert all(name in page for name in answer.files), f"{answer.name} is gone"


def every_answer_is_whole_or_absent(gateway, people) -> dict:
    """Gives back bundle by sender, having read every file of every answer."""
    bundles, files = {}, []
    by_name = {a.name: a for a in people.answers}
    for number, _, _, _ in people.clerks:
        tracker = people.rosa.get(f"/requests/{number}").words
        for bundle, name, shown, is_sealed in sections(
                people.rosa.get(f"/requests/{number}/records")):
            assert name not in bundles, f"{name} answered twice"
            bundles[name] = bundle
            assert is_sealed, f"{name} is not sealed"
            assert set(shown) == set(by_name[name].files), f"{name} is there in part"
            assert tracker.count(f"Certified by {name},") == 1, f"{name} on the tracker"
            files += [(path, by_name[name].files[file]) for file, path in shown.items()]
    lost = [a.name for a in people.answers if a.acknowledged and a.name not in bundles]
    assert not lost, f"acknowledged and lost: {lost}"

    def is_right(item):
        path, digest = item
        return hashlib.sha256(people.rosa.get(path).body).hexdigest() == digest
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        wrong = [item for item, good in zip(files, pool.map(is_right, files)) if not good]
    assert not wrong, f"{len(wrong)} files have other bytes"
    for number in people.filed:
        people.rosa.get(f"/requests/{number}")
    return bundles


def the_store_agrees(gateway, people, bundles):
    assert rows(gateway, "PRAGMA integrity_check") == [("ok",)]
    assert not rows(gateway, "PRAGMA foreign_key_check")
    assert broken_audit_entry(gateway) is None
    [(answers,)] = rows(gateway, "SELECT count(*) FROM audit WHERE action = 'inquiry.answer'")
    [(stored,)] = rows(gateway, "SELECT count(*) FROM bundles")
    [(jobs,)] = rows(gateway, "SELECT count(*) FROM effects WHERE kind = 'assemble'")
    assert answers == stored == jobs == len(bundles)
    requests = rows(gateway, "SELECT number FROM requests")
    filed = rows(gateway, "SELECT subject FROM audit WHERE action = 'request.file'")
    assert sorted(requests) == sorted(filed)
    assert {n for n, in requests} >= set(people.filed)
    # Each answer's receipt went out, each request's letter too; a name of a mail is its identity,
    # so that the same one twice is one.
    text = "".join(f"{m.subject} {m.text}" for m in Mailbox(gateway.data / "mail/new").all())
    assert not [n for n in people.filed if n not in text]
    assert not [b for b in bundles.values() if b[:10].upper() not in text]
    # Nothing is pointed to that is not there.
    kept = {f.name.split(".")[0] for f in (gateway.data / "data/files").iterdir()}
    assert {f for f, in rows(gateway, "SELECT file FROM bundle_files")} <= kept


def sealed_bundles_open(gateway, people, bundles, folder, chance):
    """A sample by stock openssl; all of them are there."""
    for bundle in bundles.values():
        assert (gateway.data / f"data/bundles/{bundle}.cms").stat().st_size > 1000
    digests = {a.name: set(a.files.values()) for a in people.answers}
    keys = gateway.data / "keys"
    for name in chance.sample(sorted(bundles), min(20, len(bundles))):
        opened = subprocess.run(
            ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER",
             "-in", str(gateway.data / f"data/bundles/{bundles[name]}.cms"),
             "-recip", str(keys / "encryption.pem"), "-inkey", str(keys / "encryption.key"),
             "-out", str(folder / "opened.zip")], capture_output=True, text=True)
        assert opened.returncode == 0, opened.stderr
        import zipfile
        with zipfile.ZipFile(folder / "opened.zip") as archive:
            inside = {hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}
        assert digests[name] <= inside, f"{name} was sealed with other files"
