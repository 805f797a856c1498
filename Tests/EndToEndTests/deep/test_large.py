"""A gigabyte goes through, and the program does not grow with it."""
import contextlib, hashlib, random, re, threading, time
import pytest
from harness.mail import Mailbox
from harness.processes import wait_for
from .visitor import ROSA, Visitor, answer_link, letter_for, multipart, pdf

# The most that one answer takes: a sealed bundle ends at a gibibyte, less what we add.
LARGE = (1 << 30) - (18 << 20)
ROOM = 64 << 20
PIECE = random.Random(1).randbytes(1 << 20)


class Watch:
    """The most memory the program had while this was open."""

    def __init__(self, gateway):
        self.gateway, self.most, self.over = gateway, 0, threading.Event()

    def __enter__(self):
        self.start = self.most = self.gateway.memory()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()
        return self

    def _look(self):
        while not self.over.wait(0.05):
            self.most = max(self.most, self.gateway.memory())

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    @property
    def growth(self) -> int:
        return self.most - self.start


def pieces(size: int):
    """A PDF of that size, a piece at a time, with no two pieces alike."""
    head = b"%PDF-1.7\n%large\n"
    yield head
    left, number = size - len(head), 0
    while left:
        piece = (number.to_bytes(8, "big") + PIECE)[:left]
        yield piece
        left -= len(piece)
        number += 1


def send(clerk, base, size) -> tuple:
    """Uploads as a browser does; gives back the answer and the file's digest."""
    csrf = clerk.get(f"{base}/records").form(f"{base}/records")["csrf"]
    body, kind = multipart([("csrf", csrf)], [("files", "large.pdf", b"")],
                           [("complete", "no"), ("name", "Ana Grande"), ("title", "Clerk")])
    before, after = body.split(b"octet-stream\r\n\r\n", 1)
    before += b"octet-stream\r\n\r\n"
    digest = hashlib.sha256()
    with contextlib.closing(clerk.connection(timeout=120)) as line:
        line.putrequest("POST", f"{base}/records", skip_host=True)
        headers = {"Content-Type": kind, "Content-Length": str(len(before) + size + len(after))}
        for name, value in {**clerk.headers(), **headers}.items():
            line.putheader(name, value)
        line.endheaders(before)
        for piece in pieces(size):
            digest.update(piece)
            line.send(piece)
        line.send(after)
        answer = line.getresponse()
        return clerk.read(answer, answer.read()), digest.hexdigest()


def fetch(person, path) -> str:
    """Downloads to nowhere; gives back the digest."""
    digest = hashlib.sha256()
    with contextlib.closing(person.connection(timeout=120)) as line:
        line.request("GET", path, headers=person.headers())
        answer = line.getresponse()
        assert answer.status == 200, answer.read()[:500]
        while piece := answer.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def sealed(rosa, number, count):
    def found():
        page = rosa.get(f"/requests/{number}/records").text
        return page if page.count('/sealed"') == count else None
    return wait_for(found, 300, f"{count} sealed answers", every=0.5)


@pytest.mark.deep
def test_a_gigabyte_goes_through(fresh_gateway):
    gateway = fresh_gateway().start()
    rosa, clerk = Visitor(gateway).sign_in(ROSA), Visitor(gateway)
    number = rosa.file_request("Grande", "Pesado")
    mail = letter_for(Mailbox(gateway.data / "mail/new"), number)
    base = clerk.open_link(answer_link(mail), mail.code)
    # What is made once, at the first upload, sealing and download, is not growth.
    assert send(clerk, base, 8 << 20)[0].status == 303
    first = sealed(rosa, number, 1)
    for path in addresses(first):
        fetch(rosa, path)

    with Watch(gateway) as upload:
        began = time.monotonic()
        page, digest = send(clerk, base, LARGE)
        took = time.monotonic() - began
        assert page.status == 303, page.words[:500]
    with Watch(gateway) as sealing:
        page = sealed(rosa, number, 2)
    with Watch(gateway) as download:
        file, whole, bundle = addresses(page)[-3:]
        assert fetch(rosa, file) == digest
        fetch(rosa, whole)
        fetch(rosa, bundle)
    print(f"upload {LARGE / took / 1e6:.0f} MB/s, growth in MiB: "
          + ", ".join(f"{name} {watch.growth / (1 << 20):.0f}" for name, watch in (
              ("upload", upload), ("sealing", sealing), ("downloads", download))))
    assert max(upload.most, sealing.most, download.most) - upload.start < ROOM

    # More than the limit is refused in words, and nothing of it stays.
    page, _ = send(clerk, base, 1 << 30)
    assert page.status in (413, 422) and re.search(r"\d GB|\d MB", page.words), page.words[:500]
    kept = [f.stat().st_size for f in (gateway.data / "data/files").iterdir()]
    assert len([size for size in kept if size > LARGE // 2]) == 1, kept


def addresses(page) -> list:
    """For each answer: its file, everything in one, and the sealed bundle."""
    return re.findall(
        r'href="(/requests/[^"]+/bundles/[^"]+/(?:files/[^"]+|everything|sealed))"', page)
