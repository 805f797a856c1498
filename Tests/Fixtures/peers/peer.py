"""What the peers share: a folder of their own, a line that says they are ready, and an end.

A peer prints one line of JSON when it can be used and lives until its standard input ends. So it
also goes when the test that started it is killed, and takes what it started along.
"""
import contextlib, ctypes, json, os, pwd, shutil, signal, socket, subprocess, sys, tempfile

# An orderly end also when somebody ends us: folders are removed, children are told.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def home() -> str:
    """The account's home as the system knows it: sshd reads no environment."""
    return pwd.getpwuid(os.getuid()).pw_dir


@contextlib.contextmanager
def own_folder():
    """A folder under the home directory, where sshd's StrictModes accepts key files."""
    path = tempfile.mkdtemp(prefix=".mochila-peer-", dir=home())
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def ready(**facts):
    print(json.dumps(facts), flush=True)


def until_stdin_ends():
    while sys.stdin.buffer.read(4096):
        pass


def end_with_us():
    """For preexec_fn: the kernel ends the child when this process is gone, however it went."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr.strip()}")


def certificates(path):
    """The server's own authority, a stranger's, and a certificate for localhost: `path` of a name."""
    for name in ("authority", "stranger"):
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", f"/CN=Test {name}", "-keyout", path(name + ".key"),
            "-out", path(name + ".pem"))
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", path("server.key"), "-out", path("server.csr"))
    run("openssl", "x509", "-req", "-in", path("server.csr"), "-days", "2", "-copy_extensions",
        "copy", "-CA", path("authority.pem"), "-CAkey", path("authority.key"),
        "-CAcreateserial", "-out", path("server.pem"))
