"""Packets that nobody well-meaning sends, from outside, and clients all at once."""
import json, os, pathlib, random, struct, subprocess, time
import pytest
from harness.processes import end_with_us

pytestmark = pytest.mark.deep

ACCOUNT = "partner"
SEAL = bytes.fromhex("3080060b2a864886f70d0109100117")


@pytest.fixture(scope="module")
def server(program):
    server = program.parent / "mochila-sftp"
    assert server.exists(), "run swift build"
    return server


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "drop"
    for name in "in queue out fetched receipts days slots".split():
        (root / "partners" / ACCOUNT / name).mkdir(parents=True)
    (root / "bell").mkdir()
    return root


class Wire:
    """One connection without ssh around it."""

    def __init__(self, server, folder, partner=ACCOUNT):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SSH_")}
        self.process = subprocess.Popen([server, "--drop", str(folder), "--partner", partner],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=environment, preexec_fn=end_with_us)

    def send(self, kind, body=b""):
        self.process.stdin.write(struct.pack(">IB", len(body) + 1, kind) + body)
        self.process.stdin.flush()

    def receive(self):
        head = self.process.stdout.read(4)
        if len(head) < 4:
            return None
        packet = self.process.stdout.read(struct.unpack(">I", head)[0])
        return packet[0], packet[1:]

    def hello(self):
        self.send(1, struct.pack(">I", 3))
        kind, body = self.receive()
        assert kind == 2 and body[:4] == b"\0\0\0\3"
        return self

    def close(self):
        self.process.stdin.close()
        code = self.process.wait(20)
        self.process.stdout.close()
        return code


def text(value):
    value = value.encode() if isinstance(value, str) else value
    return struct.pack(">I", len(value)) + value


def packet(dice):
    """Something like what clients send, and something not quite like it."""
    paths = ["/", "/in", "/in/a.cms", "in/b.part", "/out/o.cms", "/receipts/x", "/etc/passwd",
             "../../etc/passwd", "/in/../../..", b"/in/\0x", b"/in/\xff\xfe", "/in/" + "y" * 300,
             "/in/a\\b", "README.txt", ""]
    handle = lambda: text(struct.pack(">I", dice.randrange(8)))
    offset = lambda: struct.pack(">Q", dice.choice([0, 1, 15, 1 << 20, 1 << 40, (1 << 64) - 1]))
    data = text(dice.choice([SEAL + dice.randbytes(dice.randrange(2000)), dice.randbytes(40), b""]))
    path = lambda: text(dice.choice(paths))
    attributes = struct.pack(">I", dice.choice([0, 1, 4, 8, 0x8000000f, 0xffffffff])) + dice.randbytes(28)
    kind, body = dice.choice([
        lambda: (3, path() + struct.pack(">I", dice.choice([1, 2, 0x1a, 0x0e, 6, 0x2a])) + attributes),
        lambda: (4, handle()), lambda: (5, handle() + offset() + struct.pack(">I", dice.choice([0, 1, 32768, 0xffffffff]))),
        lambda: (6, handle() + offset() + data), lambda: (6, handle() + struct.pack(">Q", 0) + data),
        lambda: (9, path() + attributes), lambda: (10, handle() + attributes),
        lambda: (18, path() + path()), lambda: (20, path() + path()),
        lambda: (200, text(dice.choice(["limits@openssh.com", "fsync@openssh.com", "x@y"])) + handle()),
        lambda: (200, text("posix-rename@openssh.com") + path() + path()),
        lambda: (dice.choice([7, 8, 11, 12, 13, 14, 15, 16, 17, 19]), path()),
        lambda: (dice.choice([8, 12]), handle()),
    ])()
    match dice.randrange(8):
        case 0:
            body = body[:dice.randrange(len(body) + 1)]
        case 1:
            place = dice.randrange(len(body) or 1)
            body = body[:place] + dice.randbytes(1) + body[place + 1:]
        case 2:
            body += dice.randbytes(dice.randrange(40))
        case 3:
            kind = dice.choice([k for k in range(2, 256)])
    return kind, body


def test_twenty_thousand_packets_get_one_reply_each_and_nothing_leaves_the_drop(server, folder):
    dice = random.Random(20261121)
    (folder / "partners" / ACCOUNT / "out" / "by5jbXM").write_bytes(b"s" * 300_000)
    outside = {p for p in folder.parent.iterdir()}
    wire, sent = Wire(server, folder).hello(), 0
    while sent < 20_000:
        kind, body = packet(dice)
        number = struct.pack(">I", sent)
        wire.send(kind, number + body)
        reply = wire.receive()
        assert reply is not None, f"the session ended after {kind} {body[:60]!r}"
        assert reply[0] in (101, 102, 103, 104, 105, 201) and reply[1][:4] == number
        sent += 1
        if sent % 2_000 == 0:
            assert wire.close() == 0
            wire = Wire(server, folder).hello()
    memory = pathlib.Path(f"/proc/{wire.process.pid}/status").read_text()
    assert int(memory.split("VmHWM:")[1].split()[0]) < 32_768
    assert wire.close() == 0
    assert {p for p in folder.parent.iterdir()} == outside
    for path in folder.rglob("*"):
        assert not path.is_symlink() and path.resolve().is_relative_to(folder.resolve())
        # Whatever reached the disk from outside begins like a seal.
        if path.parent.name in ("queue", "in") and path.suffix != ".sent" and path.is_file():
            assert path.read_bytes()[:15] in (SEAL, b""), path


@pytest.mark.parametrize("bytes_sent", [b"\0\0\0\0", b"\xff\xff\xff\xff\1", b"\0\4\0\2\1" + b"x" * 9,
                                        b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\5\x11\0\0\0\1"])
def test_what_is_no_sftp_ends_the_connection(server, folder, bytes_sent):
    wire = Wire(server, folder)
    wire.process.stdin.write(bytes_sent)
    wire.process.stdin.flush()
    assert wire.receive() is None
    assert wire.close() == 0


def test_a_kill_at_any_moment_leaves_whole_files_or_unfinished_ones(server, folder):
    """What was acknowledged is there, whole; what was not is not in the queue, or whole."""
    dice = random.Random(9)
    acknowledged = {}
    for number in range(40):
        wire = Wire(server, folder).hello()
        content = SEAL + dice.randbytes(200_000)
        name = f"k{number}.cms"
        requests = [(3, text(f"/in/{name}") + struct.pack(">II", 0x1a, 0))]
        requests += [(6, text(b"\0\0\0\1") + struct.pack(">Q", start) + text(content[start:start + 30_000]))
                     for start in range(0, len(content), 30_000)]
        requests.append((4, text(b"\0\0\0\1")))
        stop = dice.randrange(len(requests) + 2)
        for index, (kind, body) in enumerate(requests):
            wire.send(kind, struct.pack(">I", index) + body)
            if index + 1 == stop:
                # It may be anywhere in the work by now.
                time.sleep(dice.random() * 0.004)
                break
            reply = wire.receive()
            assert reply[0] in (101, 102)
            if kind == 4:
                assert reply[1][4:8] == b"\0\0\0\0"
                acknowledged[name] = content
        wire.process.kill()
        wire.process.wait()
        wire.process.stdin.close()
        wire.process.stdout.close()
    queued = [p.read_bytes() for p in (folder / "partners" / ACCOUNT / "queue").iterdir()]
    assert len(acknowledged) > 3
    assert all(content in queued for content in acknowledged.values())
    assert all(len(content) == len(SEAL) + 200_000 for content in queued)


def test_two_hundred_partners_at_once(server, folder):
    """All connected, and each with a file under way, at the same time; one has its ten."""
    import shutil
    for number in range(1, 200):
        shutil.copytree(folder / "partners" / ACCOUNT, folder / f"partners/partner{number}")
    began = time.monotonic()
    wires = []
    for number in range(209):
        wire = Wire.__new__(Wire)
        account = f"partner{number}" if 0 < number < 200 else ACCOUNT
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SSH_")}
        wire.process = subprocess.Popen([server, "--drop", str(folder), "--partner", account],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=environment, preexec_fn=end_with_us)
        wires.append(wire)
    for wire in wires:
        wire.hello()
    content = SEAL + bytes(20_000)
    for index, wire in enumerate(wires):
        wire.send(3, struct.pack(">I", 1) + text(f"/in/{index}.cms") + struct.pack(">II", 0x1a, 0))
    for wire in wires:
        assert wire.receive()[0] == 102
    for wire in wires:
        wire.send(6, struct.pack(">I", 2) + text(b"\0\0\0\1") + struct.pack(">Q", 0) + text(content))
        wire.send(4, struct.pack(">I", 3) + text(b"\0\0\0\1"))
    for wire in wires:
        assert wire.receive()[1][4:8] == b"\0\0\0\0" and wire.receive()[1][4:8] == b"\0\0\0\0"
    assert sum(1 for p in folder.glob("partners/*/queue/*")) == 209
    # One more of a partner that has ten.
    late = Wire(server, folder)
    assert late.receive() is None and late.close() == 1
    assert {wire.close() for wire in wires} == {0}
    print(f"200 partners, 209 connections, opened, used and closed in {time.monotonic() - began:.1f} s")
