"""The disk is full: uploads are refused in words, pages go on, and it recovers by itself."""
import contextlib, hashlib, os, shutil, subprocess
import pytest
from harness.mail import Mailbox
from harness.processes import Gateway, wait_for
from .visitor import ROSA, Visitor, answer_link, letter_for, pdf

# What uploads must leave free for the database and the logs, and some room above it.
RESERVE, ROOM = 64 << 20, 24 << 20


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of that size; needs root."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode:
        pytest.fail("a full disk can only be tried where a small file system may be mounted, "
                    f"which is not allowed here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def free(folder) -> int:
    facts = os.statvfs(folder)
    return facts.f_bavail * facts.f_frsize


def fill(folder, leave: int):
    """A file that takes all but so many bytes."""
    ballast = folder / "ballast"
    with open(ballast, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free(folder) - leave))
    return ballast


def visible(clerk, base) -> str:
    return clerk.get(f"{base}/records").text


@pytest.mark.deep
def test_a_full_disk_refuses_uploads_and_nothing_else(program, planted, tmp_path):
    used = sum(f.stat().st_size for f in planted.rglob("*") if f.is_file())
    with small_disk(tmp_path / "disk", used + RESERVE + ROOM) as disk:
        shutil.copytree(planted, disk / "data")
        with Gateway(program, disk / "data") as gateway:
            filled_to_the_last_byte(gateway, disk)
            filled_by_uploads(gateway, disk)


def filled_by_uploads(gateway, disk):
    rosa, clerk = Visitor(gateway).sign_in(ROSA), Visitor(gateway)
    number = rosa.file_request("Lleno", "Disco")
    mail = letter_for(Mailbox(gateway.data / "mail/new"), number)
    base = clerk.open_link(answer_link(mail), mail.code)
    taken = {}
    # One file that is larger than all the room stops short of what is left to the database.
    # It is refused while it is sent, so its client need not be there to read the words.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        refused(clerk.send_records(base, [("large.pdf", pdf(77, 40 << 20))], "Ana Llena"))
    assert "large.pdf" not in visible(clerk, base)
    assert free(disk) > RESERVE - (2 << 20)
    letter_for(Mailbox(gateway.data / "mail/new"), rosa.file_request("Lleno", "Mientras"))
    for position in range(40):
        name, content = f"full{position:02d}.pdf", pdf(position, 2 << 20)
        page = clerk.send_records(base, [(name, content)], f"Ana Llena {position}")
        if page.status != 303:
            break
        taken[name] = hashlib.sha256(content).hexdigest()
    refused(page)
    assert len(taken) >= 2, "refused before the disk was full"

    # Everything else goes on: pages, filing, mail, saying something without files.
    rosa.get("/requests")
    another = rosa.file_request("Lleno", "Todavia")
    letter_for(Mailbox(gateway.data / "mail/new"), another)
    assert name not in visible(clerk, base)

    # Space returns: the same clerk sends the same file, without a restart.
    shutil.rmtree(gateway.data / "mail/new")
    (gateway.data / "mail/new").mkdir(mode=0o700)
    ballast = sorted((gateway.data / "data/bundles").glob("*.cms"))
    moved = disk.parent / "moved"
    moved.mkdir()
    for file in ballast:
        shutil.move(file, moved)
    page = wait_for(lambda: sent(clerk.send_records(base, [(name, content)], "Ana Llena otra")),
                    10, "the upload is taken again", every=0.5)
    taken[name] = hashlib.sha256(content).hexdigest()
    for file in moved.iterdir():
        shutil.move(file, gateway.data / "data/bundles")
    nothing_is_lost(rosa, clerk, number, base, taken)


def filled_to_the_last_byte(gateway, disk):
    """Also where somebody else fills the disk, so that not even the database can grow."""
    rosa, clerk = Visitor(gateway).sign_in("miguel.ochoa@davis-high.example"), Visitor(gateway)
    number = rosa.file_request("Lleno", "Ultimo")
    mail = letter_for(Mailbox(gateway.data / "mail/new"), number)
    base = clerk.open_link(answer_link(mail), mail.code)
    content = pdf(99, 100_000)
    ballast = fill(disk, leave=0)
    refused(clerk.send_records(base, [("last.pdf", content)], "Ana Ultima"))
    assert "last.pdf" not in visible(clerk, base)
    assert rosa.get("/requests").status == 200
    assert Visitor(gateway).get("/").status == 200
    # What must be written down is refused with the same words, not with a fault.
    page = None
    for position in range(400):
        draft = rosa.ask("POST", "/requests/new",
                         f"csrf={rosa.get('/requests').form('/requests/new')['csrf']}",
                         **{"Content-Type": "application/x-www-form-urlencoded"})
        if draft.status != 303:
            page = draft
            break
    if page:
        refused(page)
    ballast.unlink()
    page = wait_for(
        lambda: sent(clerk.send_records(base, [("last.pdf", content)], "Ana Ultima")),
        10, "the upload is taken again", every=0.5)
    nothing_is_lost(rosa, clerk, number, base,
                    {"last.pdf": hashlib.sha256(content).hexdigest()})


def refused(page):
    assert page.status == 507, f"{page.status}: {page.words[:400]}"
    assert "no room" in page.words or "full" in page.words or "space" in page.words, page.words


def sent(page):
    return page if page.status == 303 else None


def nothing_is_lost(rosa, clerk, number, base, taken):
    import re
    shown = visible(clerk, base)
    assert not [name for name in taken if name not in shown]

    def sealed():
        page = rosa.get(f"/requests/{number}/records").text
        return page if page.count('/sealed"') == len(taken) else None
    page = wait_for(sealed, 60, "every answer is sealed", every=0.5)
    files = re.findall(r'href="(/requests/[^"]+/files/[^"]+)">([^<]+)</a>', page)
    assert sorted(name for _, name in files) == sorted(taken)
    for path, name in files:
        assert hashlib.sha256(rosa.get(path).body).hexdigest() == taken[name], name
