"""sshd as a service of the superuser's, as `mochila sftp config --packaged` prints it: two accounts
share the drop and nothing else, and a partner puts and gets with OpenSSH's own client."""
import grp, json, os, pathlib, pwd, secrets, shutil, subprocess
import pytest
from harness.processes import ROOT, Peer, end_with_us, free_port, wait_for
from samples import pdf
from test_installation import Installation

SENDER = "district:4844960"


class Service(Installation):
    """An installation whose gateway runs as an account without rights, and the sshd before it."""

    def __init__(self, program, base, smtp, mark):
        self.base, self.gateway, self.login = base, f"mochila-g-{mark}", f"mochila-p-{mark}"
        self.sshd = None
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", "--shell",
                        "/bin/sh", self.gateway], check=True)
        (base / "home").mkdir(mode=0o755)
        shutil.chown(base / "home", self.gateway, self.gateway)
        super().__init__(self.packaged(program), base / "home/place", smtp)
        for file in [self.folder / "mochila.yaml", *(self.folder / "keys").iterdir()]:
            shutil.chown(file, self.gateway, self.gateway)
        self.key = base / "partner"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)

    def packaged(self, program):
        """The programs as a package has them, where every account may run them.

        Of a checkout nobody knows who may go there; and sshd insists that only root could have
        written the way to what it starts."""
        lib, built = self.base / "lib", pathlib.Path(program).parent
        lib.mkdir(mode=0o755)
        for name in "mochila", "mochila-open", "mochila-print", "mochila-sftp":
            shutil.copy(built / name, lib / name)
            (lib / name).chmod(0o755)
        for folder in [*built.glob("*.resources"), ROOT / "Templates"]:
            shutil.copytree(folder, lib / folder.name)
        subprocess.run(["chmod", "-R", "a+rX", lib], check=True)
        return lib / "mochila"

    def account(self):
        """The gateway's, with the groups that it is in by now."""
        entry = pwd.getpwnam(self.gateway)
        return {"user": entry.pw_uid, "group": entry.pw_gid,
                "extra_groups": os.getgrouplist(self.gateway, entry.pw_gid), "umask": 0o077}

    def run(self, *arguments, seconds=120):
        return subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=seconds, cwd=self.base,
                              **self.account())

    def ask(self, *words):
        done = self.at(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self):
        self.log = open(self.base / "serve.log", "ab")
        self.process = subprocess.Popen([self.program, "serve", "--at", str(self.folder)],
                                        stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, cwd=self.base, preexec_fn=end_with_us,
                                        **self.account())
        wait_for(self._is_up, 60, "the first page over TLS")

    def _is_up(self):
        assert self.process.poll() is None, (self.base / "serve.log").read_text()
        return self._answers()

    def add_partner(self, name, key):
        self.ask("partner", "add", name, "--organization", SENDER, "--signing-certificate",
                 self.folder / "keys/signing.pem")
        self.ask("partner", "key", "add", name, *key.with_suffix(".pub").read_text().split()[:2])

    def serve_sftp(self):
        """Does what the configuration says at its top, and starts sshd with it."""
        self.sftp_port = free_port()
        text = self.ask("sftp", "config", "--packaged", "--address", "127.0.0.1", "--port",
                        self.sftp_port, "--login", self.login, "--program",
                        self.base / "lib/mochila-sftp")
        config = self.base / "sshd_config"
        config.write_text(text)
        steps = [line[4:] for line in text.splitlines() if line.startswith("#   ")]
        assert len(steps) == 6
        for _ in 1, 2:  # "The lines can be run again."
            for step in steps:
                done = subprocess.run(step, shell=True, capture_output=True, text=True)
                assert done.returncode == 0, f"{step}: {done.stderr}"
        host = self.base / "host"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", host], check=True)
        pathlib.Path("/run/sshd").mkdir(parents=True, exist_ok=True)
        with open(self.base / "sshd.log", "wb") as log:
            self.sshd = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", config, "-h", host],
                                         stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                         preexec_fn=end_with_us)
        wait_for(lambda: b"Server listening" in (self.base / "sshd.log").read_bytes(), 20, "sshd")

    def options(self, key=None):
        return ["-i", str(key or self.key), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
                "-o", "LogLevel=ERROR"]

    def sftp(self, *commands, check=True, key=None):
        done = subprocess.run(["sftp", "-q", "-P", str(self.sftp_port), *self.options(key), "-b",
                               "-", f"{self.login}@127.0.0.1"], capture_output=True, text=True,
                              input="".join(c + "\n" for c in commands), timeout=120)
        log = (self.base / "sshd.log").read_text()
        assert not check or done.returncode == 0, done.stdout + done.stderr + log
        return done.stdout + done.stderr

    def seal(self, out, file):
        """By the partner, who signs with a key that this gateway knows; the file is its own."""
        for kind in "pem", "key":
            shutil.copyfile(self.folder / f"keys/signing.{kind}", self.base / f"signer.{kind}")
        (self.base / "signer.key").chmod(0o600)
        done = subprocess.run(
            [self.program, "seal", file, "--to", self.folder / "keys/encryption.pem", "--request",
             "RQ-00000-00000", "--out", out, "--cert", self.base / "signer.pem", "--key",
             self.base / "signer.key", "--from", SENDER, "--from-name", "Weslaco",
             "--recipient", "school:531011001689", "--recipient-name", "Davis High School",
             "--certified-by", "Ana Treviño", "--title", "Registrar"],
            capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return out

    def end(self):
        self.stop()
        if self.sshd:
            self.sshd.terminate()
            self.sshd.wait(20)
        for name in self.gateway, self.login:
            subprocess.run(["userdel", name], capture_output=True)


@pytest.fixture(scope="module")
def service(program):
    if os.geteuid() != 0:
        pytest.fail("a service of the superuser's and two accounts are made here: run this as root")
    mark = secrets.token_hex(4)
    # Not below a folder that everybody may write.
    base = pathlib.Path("/var/lib") / f"mochila-test-{mark}"
    base.mkdir(mode=0o755)
    with Peer("smtp_peer.py") as smtp:
        service = None
        try:
            service = Service(program, base, smtp, mark)
            # One partner was there before sshd became a service.
            service.add_partner("weslaco", service.key)
            service.serve_sftp()
            service.start()
            yield service
        finally:
            if service:
                service.end()
            shutil.rmtree(base)


def test_a_partner_puts_and_gets_with_the_stock_client(service, tmp_path):
    listed = service.sftp("ls -1")
    assert {"README.txt", "in", "out", "receipts"} <= set(listed.split())
    service.sftp(f"get README.txt {tmp_path}/readme")
    assert "receipts/" in (tmp_path / "readme").read_text()
    bundle = service.seal(tmp_path / "answer.cms", pdf(tmp_path / "transcript.pdf"))
    service.sftp(f"put {bundle} in/answer.cms.part", "rename in/answer.cms.part in/answer.cms")

    def receipt():
        service.sftp(f"-get receipts/answer.cms.receipt.json {tmp_path}/r.json", check=False)
        return (tmp_path / "r.json").exists() and (tmp_path / "r.json").stat().st_size
    wait_for(receipt, 60, "the receipt")
    said = json.loads((tmp_path / "r.json").read_text())
    assert (said["verdict"], said["reason"]) == ("refused", "not-asked"), said


def test_a_partner_that_is_added_later_is_served_as_well(service, tmp_path):
    key = service.base / "later"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    assert service.sftp("ls", check=False, key=key).endswith("Connection closed\n")
    service.add_partner("mercedes", key)
    half = tmp_path / "half.cms"
    bundle = service.seal(tmp_path / "whole.cms", pdf(tmp_path / "transcript.pdf"))
    half.write_bytes(bundle.read_bytes()[:-100])
    service.sftp(f"put {half} in/whole.cms.part", key=key)
    service.sftp(f"reput {bundle} in/whole.cms.part", "rename in/whole.cms.part in/whole.cms",
                 key=key)

    def receipt():
        return "whole.cms.receipt.json" in service.sftp("ls -1 receipts", key=key)
    wait_for(receipt, 60, "the receipt")
    assert "whole" not in service.sftp("ls -1 receipts")


def test_the_partners_account_has_the_drop_and_nothing_else(service):
    """Whoever broke out of the process behind sshd would be this account."""
    for command in ["id"], ["scp", "-t", "in"], ["/bin/sh", "-c", "id"]:
        done = subprocess.run(["ssh", "-p", str(service.sftp_port), *service.options(),
                               f"{service.login}@127.0.0.1", *command], capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, timeout=30)
        assert done.returncode and "uid=" not in done.stdout, done
    entry = pwd.getpwnam(service.login)
    as_login = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def may(mode, path):
        return subprocess.run(["test", mode, str(path)], **as_login).returncode == 0
    place, drop = service.folder, service.folder / "data/drop"
    for path in (place, place / "keys", place / "mochila.yaml", place / "data",
                 place / "data/store.sqlite", place / "keys/signing.key"):
        assert path.exists() and not may("-r", path) and not may("-w", path), path
    # Who is let in is the gateway's to say.
    assert may("-r", drop / "authorized_keys") and not may("-w", drop / "authorized_keys")
    assert not may("-w", drop) and may("-w", drop / "bell")
    assert grp.getgrnam(service.login).gr_mem == [service.gateway]
    nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    for path in place, drop, drop / "authorized_keys":
        assert subprocess.run(["test", "-x", path], **nobody).returncode, path
