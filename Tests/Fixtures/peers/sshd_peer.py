#!/usr/bin/env python3
"""A partner's SFTP server: the system's own sshd on the loopback, with keys made for this run.

Facts: port, user, folder (for uploads), host_key and stranger_host_key (`type base64`), keys (a
folder with the private keys `partner`, which may log in, and `stranger`, which may not), log, and
sftp_log with what the SFTP server was asked for.
"""
import argparse, os, pwd, subprocess, time, socket
from peer import end_with_us, free_port, own_folder, ready, run, until_stdin_ends

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--sshd", default="/usr/sbin/sshd")
arguments.add_argument("--host-key-type", default="ed25519")
arguments.add_argument("--key-type", default="ed25519")
options = arguments.parse_args()


def public(path):
    with open(path + ".pub") as file:
        return " ".join(file.read().split()[:2])


def make_key(path, kind="ed25519"):
    """`kind`: such as `ecdsa`, or `rsa:2048` where the length matters."""
    kind, *bits = kind.split(":")
    length = ["-b", bits[0]] if bits else []
    run("ssh-keygen", "-q", "-t", kind, *length, "-N", "", "-C", "", "-f", path)


with own_folder() as folder:
    keys, drop = os.path.join(folder, "keys"), os.path.join(folder, "drop")
    os.mkdir(keys, 0o700)
    os.mkdir(drop, 0o700)
    host, stranger = os.path.join(folder, "host"), os.path.join(folder, "stranger_host")
    make_key(host, options.host_key_type)
    make_key(stranger, options.host_key_type)
    make_key(os.path.join(keys, "partner"), options.key_type)
    make_key(os.path.join(keys, "stranger"))
    with open(os.path.join(folder, "authorized_keys"), "w") as file:
        file.write(f"restrict {public(os.path.join(keys, 'partner'))}\n")
    port = free_port()
    if os.getuid() == 0:
        # sshd as root insists on its empty folder for unprivileged children.
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    config = os.path.join(folder, "config")
    with open(config, "w") as file:
        file.write(f"""Port {port}
ListenAddress 127.0.0.1
HostKey {host}
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
StrictModes yes
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding no
X11Forwarding no
PermitTTY no
MaxStartups 100
Subsystem sftp /usr/lib/openssh/sftp-server -e -l VERBOSE 2>> {folder}/sftp_log
LogLevel VERBOSE
""")
    with open(os.path.join(folder, "log"), "wb") as log:
        server = subprocess.Popen([options.sshd, "-D", "-e", "-f", config],
                                  stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                  preexec_fn=end_with_us)
    try:
        ceiling = time.monotonic() + 20
        while True:
            if server.poll() is not None or time.monotonic() > ceiling:
                raise SystemExit("sshd did not start: " + open(os.path.join(folder, "log")).read())
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1) as s:
                    if s.recv(4) == b"SSH-":
                        break
            except OSError:
                time.sleep(0.02)
        ready(port=port, user=pwd.getpwuid(os.getuid()).pw_name, folder=drop, keys=keys,
              host_key=public(host), stranger_host_key=public(stranger),
              log=os.path.join(folder, "log"), sftp_log=os.path.join(folder, "sftp_log"))
        until_stdin_ends()
    finally:
        server.terminate()
        server.wait()
