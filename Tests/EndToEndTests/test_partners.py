"""Partners' accounts from the command line, and what sshd thinks of the configuration."""
import pathlib, subprocess, time
import pytest
from harness.processes import end_with_us, free_port, wait_for


@pytest.fixture(scope="module")
def place(program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("partners") / "gateway"
    made = subprocess.run([program, "init", str(folder), "--address", "https://records.oak.example"],
                          capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def mochila(program, place):
    def run(*arguments, code=0):
        done = subprocess.run([program, *map(str, arguments), "--at", str(place)],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == code or (code and done.returncode), done.stdout + done.stderr
        return done.stdout + done.stderr
    return run


def test_a_partner_is_added_with_its_key_and_closed_again(mochila, place, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    line = key.with_suffix(".pub").read_text()
    fingerprint = subprocess.run(["ssh-keygen", "-lf", f"{key}.pub"], capture_output=True,
                                 text=True).stdout.split()[1]
    certificate = place / "keys/signing.pem"
    add = ["partner", "add", "weslaco", "--organization", "district:4844960",
           "--signing-certificate", certificate, "--limit", "files-per-day=7"]
    mochila(*add)
    assert "already" in mochila(*add, code=1)
    drop = place / "data/drop"
    assert "files-per-day 7" in (drop / "partners/weslaco/limits").read_text()
    assert fingerprint in mochila("partner", "key", "add", "weslaco", *line.split())
    keys = (drop / "authorized_keys").read_text()
    assert keys.startswith('restrict,command="/') and keys.count("\n") == 1
    assert f"--drop {drop} --partner weslaco" in keys and line.split()[1] in keys
    assert (drop / "authorized_keys").stat().st_mode & 0o777 == 0o600
    assert fingerprint in mochila("partner", "list")
    # How much it may send, and how much of that it uses.
    day = int(time.time()) // 86_400
    (drop / f"partners/weslaco/days/{day}").write_text("100\n2000\n")
    shown = mochila("partner", "limit", "weslaco")
    assert "files-per-day 7, 2 used (its own)" in shown and "bytes-per-day 68719476736, 2100 used" in shown
    mochila("partner", "limit", "weslaco", "files-per-day=", "bytes-under-way=2G")
    text = (drop / "partners/weslaco/limits").read_text()
    assert "files-per-day 20000" in text and f"bytes-under-way {2 << 30}" in text
    assert f"bytes-under-way {2 << 30}" in mochila("partner", "list")
    for wrong in "files=1", "files-per-day=x", "files-per-day=-1", "files-per-day", "bytes-per-day=9T9":
        assert "a limit is one of" in mochila("partner", "limit", "weslaco", "--", wrong, code=1)
    mochila("partner", "key", "remove", "weslaco", fingerprint)
    assert (drop / "authorized_keys").read_text() == ""
    mochila("partner", "key", "add", "weslaco", f"{key}.pub")
    mochila("partner", "close", "weslaco")
    assert (drop / "authorized_keys").read_text() == ""
    assert "closed" in mochila("partner", "list")


def test_a_connection_reaches_its_own_partner_and_nothing_else(program, mochila, place):
    """What an intruder in the process behind sshd could still do, tried from within."""
    mochila("partner", "add", "confined", "--organization", "district:4844960",
            "--signing-certificate", place / "keys/signing.pem")
    done = subprocess.run([program.parent / "mochila-sftp", "exercise", "--drop",
                           place / "data/drop", "--partner", "confined"],
                          capture_output=True, text=True, timeout=30)
    bits, *lines = done.stdout.splitlines()
    tries = dict(line.split() for line in lines)
    assert done.returncode == 0 and len(tries) == 10, done.stderr
    # Limits, privileges and system calls everywhere; Landlock where the kernel has it.
    assert int(bits) & 0b10110 == 0b10110, bits
    has_landlock = int(bits) & 8
    may = {"own-limits", "own-file", "bell"}
    if not has_landlock:
        may |= {"keys", "other-file", "passwd", "memory-of-itself"}
    assert {name for name, outcome in tries.items() if outcome == "done"} == may


@pytest.mark.parametrize("arguments, word", [
    (["add", "Not Good", "--organization", "gateway", "--signing-certificate", "x"], "lower-case"),
    (["add", "good", "--organization", "nobody", "--signing-certificate", "x"], "organisation"),
    (["add", "good", "--organization", "gateway", "--signing-certificate", "/none"], "certificate"),
    (["key", "add", "nobody", "ssh-ed25519", "AAAA"], "damaged"),
    (["key", "add", "nobody", "ssh-dss", "AAAA"], "too weak"),
    (["close", "nobody"], "no partner"),
])
def test_what_is_wrong_is_said(mochila, arguments, word):
    assert word in mochila("partner", *arguments, code=1)


def test_sshd_accepts_the_configuration_for_both_settings(mochila, place, tmp_path):
    said = mochila("sftp", "config", "--port", "2299", "--address", "127.0.0.1")
    config = place / "sshd/sshd_config"
    assert str(config) in said and "ssh-ed25519 AAAA" in said
    pathlib.Path("/run/sshd").mkdir(parents=True, exist_ok=True)
    checked = subprocess.run(["/usr/sbin/sshd", "-t", "-f", str(config)], capture_output=True,
                             text=True)
    assert checked.returncode == 0 and not checked.stderr, checked.stderr
    before = (place / "sshd/host_ed25519").read_bytes()
    mochila("sftp", "config", "--port", "2300")
    assert (place / "sshd/host_ed25519").read_bytes() == before
    service = tmp_path / "service"
    service.write_text(mochila("sftp", "config", "--packaged"))
    checked = subprocess.run(["/usr/sbin/sshd", "-t", "-f", str(service),
                              "-h", str(place / "sshd/host_ed25519")],
                             capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "AuthorizedKeysCommand" in service.read_text()


def test_the_key_question_is_answered_with_that_key_alone(program, tmp_path):
    server = program.parent / "mochila-sftp"
    keys = tmp_path / "keys"
    keys.write_text('restrict,command="a" ssh-ed25519 AAAA1\nrestrict,command="b" ssh-ed25519 AAAA2\n'
                    'restrict,command="c" ssh-ed25519 AAAA12')
    ask = lambda kind, key: subprocess.run([server, "keys", str(keys), kind, key],
                                           capture_output=True, text=True).stdout
    assert ask("ssh-ed25519", "AAAA2") == 'restrict,command="b" ssh-ed25519 AAAA2\n'
    assert ask("ssh-ed25519", "AAAA1") == 'restrict,command="a" ssh-ed25519 AAAA1\n'
    assert ask("ssh-ed25519", "AAAA12") == 'restrict,command="c" ssh-ed25519 AAAA12\n'
    assert ask("ssh-rsa", "AAAA2") == "" and ask("ssh-ed25519", "AAAA") == ""


def test_a_servers_host_keys_are_shown_before_one_is_pinned(program, mochila, place, tmp_path):
    prints = {}
    for kind in "ed25519", "rsa":
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", tmp_path / kind], check=True)
        prints[kind] = subprocess.run(["ssh-keygen", "-lf", tmp_path / f"{kind}.pub"],
                                      capture_output=True, text=True).stdout.split()[1]
    port = free_port()
    pathlib.Path("/run/sshd").mkdir(parents=True, exist_ok=True)
    keys = lambda *more: subprocess.run([program, "partner", "push", "keys", *map(str, more)],
                                        capture_output=True, text=True, timeout=60)
    # Nobody there, and what is no server.
    silent = keys("127.0.0.1", "--port", port)
    assert silent.returncode and "no SSH server showed a key" in silent.stderr
    assert keys("127.0.0.1", "--port", 0).returncode
    server = subprocess.Popen(
        ["/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null", "-p", str(port), "-o", "PidFile=none",
         "-o", "ListenAddress=127.0.0.1", "-h", tmp_path / "ed25519", "-h", tmp_path / "rsa"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=end_with_us)
    try:
        shown = wait_for(lambda: (done := keys("127.0.0.1", "--port", port)).returncode == 0
                         and done.stdout, 30, "the server's keys")
        line = " ".join((tmp_path / "ed25519.pub").read_text().split()[:2])
        assert prints["ed25519"] in shown and line in shown
        rsa = " ".join((tmp_path / "rsa.pub").read_text().split()[:2])
        assert prints["rsa"] in shown and rsa in shown
        # One that is not the server's is on file: the check shows both, and is not ready.
        other = tmp_path / "other"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other], check=True)
        (place / "keys/sftp").mkdir(exist_ok=True)
        (place / "keys/sftp/davis").write_bytes(other.read_bytes())
        (place / "keys/sftp/davis").chmod(0o600)
        certificate = place / "keys/signing.pem"
        mochila("partner", "add", "davis", "--organization", "school:531011001689",
                "--signing-certificate", certificate)
        refused = ["partner", "push", "sftp", "davis", "--host", "127.0.0.1", "--port", port,
                   "--user", "mochila", "--folder", "/in", "--host-key", f"{other}.pub", "--key",
                   "davis", "--encryption-certificate", place / "keys/encryption.pem"]
        mochila(*refused)
        # Nobody is reached there unless the operator says that the address may be a private one.
        assert "not of the public internet" in mochila("partner", "push", "check", "davis", code=1)
        mochila("partner", "push", "sftp", "davis", "--allow-private", "--host", "127.0.0.1",
                "--port", port, "--user", "mochila", "--folder", "/in", "--host-key",
                f"{other}.pub", "--key", "davis",
                "--encryption-certificate", place / "keys/encryption.pem")
        seen = mochila("partner", "push", "check", "davis", code=1)
        assert prints["ed25519"] in seen and "  the one on file" not in seen, seen
        mochila("partner", "push", "sftp", "davis", "--allow-private", "--host", "127.0.0.1",
                "--port", port, "--user", "mochila", "--folder", "/in", "--host-key", line,
                "--key", "davis")
        assert f"{prints['ed25519']}  the one on file" in mochila("partner", "push", "check", "davis",
                                                                  code=1)
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("bits", [2048, 3072])
def test_a_server_that_has_only_an_rsa_key_is_pinned_and_checked(
        program, mochila, place, tmp_path, bits):
    """Many servers keep an RSA key of 2048 bits from the year they were set up."""
    from harness.processes import Peer
    account = f"rsa-{bits}"
    with Peer("sshd_peer.py", "--host-key-type", f"rsa:{bits}") as sshd:
        shown = subprocess.run([program, "partner", "push", "keys", "127.0.0.1", "--port",
                                str(sshd["port"])], capture_output=True, text=True, timeout=60)
        assert shown.returncode == 0 and sshd["host_key"] in shown.stdout, shown.stderr
        (place / "keys/sftp").mkdir(exist_ok=True)
        (place / f"keys/sftp/{account}").write_bytes(
            pathlib.Path(sshd["keys"], "partner").read_bytes())
        (place / f"keys/sftp/{account}").chmod(0o600)
        mochila("partner", "add", account, "--organization", "school:062949004555",
                "--signing-certificate", place / "keys/signing.pem")
        # A host key as its server keeps it in a file.
        pub = tmp_path / "host.pub"
        pub.write_text(sshd["host_key"] + " root@drop.davis.example\n")
        mochila("partner", "push", "sftp", account, "--allow-private", "--host", "127.0.0.1",
                "--port", sshd["port"], "--user", sshd["user"], "--folder", sshd["folder"],
                "--host-key", pub, "--key", account, "--encryption-certificate", place / "keys/encryption.pem")
        seen = mochila("partner", "push", "check", account)
        assert "the one on file" in seen and "Ready" in seen
