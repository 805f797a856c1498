"""A partner's way in: the system's sshd in front of mochila-sftp, and stock clients."""
import getpass, json, pathlib, socket, subprocess, time
from harness.processes import end_with_us, free_port, wait_for

ACCOUNT = "weslaco-east"
HOLDER, REQUESTER = "school:484496008851", "school:531011001689"


class Drop:
    """The demonstration's partner with an account, behind a real sshd on a free port."""

    def __init__(self, gateway, account=ACCOUNT):
        self.gateway, self.data = gateway, gateway.data
        self.program = pathlib.Path(gateway.program)
        self.key = self.data / "partner" / account
        self.port, self.user = free_port(), getpass.getuser()
        self.folder = self.data / "data/drop"
        self.known = self.data / "known_hosts"
        self.log = self.data / "sshd.log"

    def __enter__(self):
        keys = [(self.data / f"sshd/{n}.pub").read_text().split()[:2]
                for n in ("host_ed25519", "host_ecdsa")]
        self.known.write_text("".join(f"[127.0.0.1]:{self.port} {' '.join(k)}\n" for k in keys))
        self.key.chmod(0o600)
        pathlib.Path("/run/sshd").mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            # A test's folder lies below one that everybody may write.
            self.process = subprocess.Popen(
                ["/usr/sbin/sshd", "-D", "-e", "-f", str(self.data / "sshd/sshd_config"),
                 "-p", str(self.port), "-o", "StrictModes=no"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_us)
        wait_for(self._answers, 20, "sshd")
        return self

    def _answers(self):
        assert self.process.poll() is None, self.log.read_text()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as s:
                return s.recv(4) == b"SSH-"
        except OSError:
            return False

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def as_other(self, account):
        """The same server, for another partner."""
        import copy
        other = copy.copy(self)
        other.key = self.data / "partner" / account
        other.key.chmod(0o600)
        return other

    @property
    def options(self):
        return ["-i", str(self.key), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
                "-o", f"UserKnownHostsFile={self.known}", "-o", "GlobalKnownHostsFile=/dev/null"]

    def sftp(self, *commands, check=True):
        """One batch of OpenSSH's sftp; what it printed."""
        done = subprocess.run(
            ["sftp", "-q", "-P", str(self.port), *self.options, "-b", "-",
             f"{self.user}@127.0.0.1"], input="".join(c + "\n" for c in commands),
            capture_output=True, text=True, timeout=120)
        if check:
            assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ssh(self, *command, timeout=30):
        return subprocess.run(["ssh", "-p", str(self.port), *self.options,
                               f"{self.user}@127.0.0.1", *command],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              timeout=timeout)

    def receipt(self, name, seconds=60):
        """The receipt of what was sent as `name`, fetched by the partner, and how long it took."""
        began = time.monotonic()
        target = self.data / "fetched.json"
        target.unlink(missing_ok=True)

        def fetch():
            self.sftp(f'-get "receipts/{name}.receipt.json" "{target}"', check=False)
            return target.exists() and target.stat().st_size > 0
        wait_for(fetch, seconds, f"the receipt of {name}", every=0.2)
        return json.loads(target.read_text()) | {"waited": time.monotonic() - began}

    def seal(self, out, number, *files, signer=None, recipient=REQUESTER, sender=HOLDER, to=None,
             record=None):
        """A bundle as the partner's own system would make it."""
        to = to or self.data / "keys/encryption.pem"
        signer = signer or f"{self.key}-signing"
        done = subprocess.run(
            [str(self.program), "seal", *map(str, files), "--to", str(to),
             *(["--record", str(record)] if record else []), "--request", number, "--out", str(out), "--cert", f"{signer}.pem",
             "--key", f"{signer}.key", "--from", sender,
             "--from-name", "Weslaco East High School", "--recipient", recipient,
             "--recipient-name", "Davis High School", "--certified-by", "Ana Treviño",
             "--title", "Registrar"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return out
