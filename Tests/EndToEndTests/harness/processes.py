"""Other programs, started for a test and gone after it."""
import ctypes, itertools, json, os, pathlib, random, signal, subprocess, sys, threading, time, urllib.error, urllib.request
import socket

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = ROOT / "Tests/Fixtures/peers"


class NotReady(Exception):
    """A program ended or stayed silent before it could be used; the message holds its last words."""


def end_with_us():
    """For preexec_fn: the kernel ends the child when this process is gone, however it went."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


# Each worker of a run has ports of its own, below those that the kernel gives to connections going
# out: between being found free here and being taken by a program, a port could go to either.
_first = 20000 + 4000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw") or 0) % 12000
_ports = itertools.cycle(random.sample(range(_first, _first + 4000), 4000))


def free_port() -> int:
    for port in _ports:
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def wait_for(condition, seconds: float, what: str, every: float = 0.05):
    """Waits for an event with a ceiling; gives back what `condition` gave."""
    ceiling = time.monotonic() + seconds
    while True:
        if value := condition():
            return value
        if time.monotonic() > ceiling:
            raise NotReady(f"{what}: not within {seconds:g} seconds")
        time.sleep(every)


class Peer:
    """One of the peers in Tests/Fixtures/peers: alive until its standard input ends."""

    def __init__(self, script: str, *arguments: str):
        self.process = subprocess.Popen([sys.executable, str(PEERS / script), *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            self.stop()
            raise NotReady(f"{script} did not start; run script/bootstrap if a tool is missing")
        self.facts = json.loads(line)

    def __getitem__(self, fact):
        return self.facts[fact]

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Gateway:
    """The built program with the demonstration in it, on a free port, with its own data."""

    def __init__(self, program, data, *arguments: str):
        self.program, self.data, self.arguments = str(program), pathlib.Path(data), list(arguments)
        self.data.mkdir(parents=True, exist_ok=True)
        self.log = self.data.parent / f"{self.data.name}.log"
        self.port = free_port()
        self.process = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self, ready_within: float = 120):
        """Starts it and waits until a page is answered; may be called again after `stop`."""
        assert self.process is None, "it runs already"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.program, "demo", "--port", str(self.port), "--data", str(self.data),
                 *self.arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_us)
        wait_for(self._answers, ready_within, "the gateway's first page")
        return self

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            code, self.process = self.process.returncode, None
            raise NotReady(f"the gateway ended with {code}:\n{self.last_words()}")
        try:
            with urllib.request.urlopen(self.url + "/", timeout=5) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False

    def last_words(self, lines: int = 30) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def stop(self):
        """Asks it to end, as systemd would; a program that does not is a failure."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise NotReady(f"the gateway did not end when asked:\n{self.last_words()}")
        self.process = None
        if code not in (0, -signal.SIGTERM):
            raise NotReady(f"the gateway ended with {code}:\n{self.last_words()}")

    def kill(self):
        """Ends it as a power cut would."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def memory(self) -> int:
        """Resident bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(l.split()[1]) * 1024 for l in status.splitlines() if l.startswith("VmRSS"))

    def __enter__(self):
        return self.start() if self.process is None else self

    def __exit__(self, *_):
        self.stop()
