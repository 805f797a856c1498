"""A school's system that shows a certificate in place of a key, to a real installation."""
import json, socket, ssl, subprocess
import pytest
from harness.processes import free_port
from test_installation import installation, smtp_server  # noqa: F401 (fixtures)


def certificate(folder, name, *more, days="100"):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", days, "-subj", f"/CN={name}", "-addext", "basicConstraints=CA:FALSE", *more,
         "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"],
        check=True, capture_output=True)
    return folder / f"{name}.pem"


def context_of(shown):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if shown:
        context.load_cert_chain(shown, shown.with_suffix(".key"))
    return context


def call(port, context, path="/api/v1/me", session=None):
    """Status, body and the TLS session, to be taken up again."""
    with socket.create_connection(("localhost", port), timeout=60) as plain:
        with context.wrap_socket(plain, server_hostname="localhost", session=session) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                         .encode())
            said = b""
            while more := line.recv(65536):
                said += more
            head, _, body = said.partition(b"\r\n\r\n")
            return int(head.split()[1]), body, line.session, line.session_reused


def test_a_certificate_takes_a_keys_place(installation, tmp_path):  # noqa: F811
    port = free_port()
    file = installation.folder / "mochila.yaml"
    file.write_text(file.read_text().replace(
        f"  port: {installation.port}\n",
        f"  port: {installation.port}\n  certificate_port: {port}\n", 1))

    def issue(shown, code=0, email="sis@cert.example"):
        done = installation.at("access", "issue", "--email", email, "--name", "Davis's system",
                               "--role", "registrar", "--organization", "school:531011001689",
                               "--scope", "requests:read", "--certificate", str(shown))
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    client = ("-addext", "keyUsage=critical,digitalSignature", "-addext",
              "extendedKeyUsage=clientAuth")
    good = certificate(tmp_path, "good", *client)
    other = certificate(tmp_path, "other", *client)
    server = certificate(tmp_path, "server", "-addext", "extendedKeyUsage=serverAuth")
    assert "not for showing to servers" in issue(server, 1)
    assert "not a certificate" in issue(good.with_suffix(".key"), 1)
    said = issue(good)
    key = said.split(" is key ")[1].split()[0]
    assert "on file already" in issue(good, 1, "second@cert.example")

    installation.start()
    status, body, session, _ = call(port, context_of(good))
    assert (status, json.loads(body)["scopes"]) == (200, ["requests:read"]), body
    assert call(port, context_of(good), "/api/v1/inquiries")[0] == 403
    assert call(port, context_of(other))[0] == 401
    assert call(port, context_of(good), "/help")[0] == 404
    with pytest.raises((ssl.SSLError, ConnectionError)):
        call(port, context_of(None))
    # The other port asks for no certificate, and believes none.
    assert call(installation.port, context_of(good))[0] == 401
    # Taken up again, a session still says who it is.
    context = context_of(good)
    session = call(port, context)[2]
    status, _, _, _ = call(port, context, session=session)
    assert status == 200
    # A renewal for the same key pair goes on; what is revoked ends at once, taken up or not.
    subprocess.run(["openssl", "req", "-x509", "-key", tmp_path / "good.key", "-days", "200",
                    "-subj", "/CN=renewed", "-addext", "basicConstraints=CA:FALSE", *client, "-out",
                    tmp_path / "renewed.pem"], check=True, capture_output=True)
    (tmp_path / "renewed.key").write_bytes((tmp_path / "good.key").read_bytes())
    assert call(port, context_of(tmp_path / "renewed.pem"))[0] == 200
    assert installation.at("access", "revoke", key).returncode == 0
    assert call(port, context, session=session)[0] == 401
    assert call(port, context_of(good))[0] == 401
    log = (installation.folder.parent / "serve.log").read_text()
    assert "Davis" not in log
    installation.stop()
