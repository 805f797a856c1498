"""A school's own system is told what happens, by a receiver that uses the standard's library."""
import http.server, json, pathlib, ssl, subprocess, threading
import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from harness.processes import wait_for
from test_interface import WESLACO, System, filing, systems  # noqa: F401 (a fixture)


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what came; answers 503 as long as it is told to."""
    daemon_threads = True

    def __init__(self, folder):
        key, self.ca = folder / "hook.key", folder / "hook.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "400", "-subj", "/CN=localhost", "-addext",
             "subjectAltName=DNS:localhost", "-keyout", key, "-out", self.ca],
            check=True, capture_output=True)
        self.got, self.busy, self.connections = [], True, 0
        super().__init__(("127.0.0.1", 0), Handler)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.ca, key)
        self.socket = context.wrap_socket(self.socket, server_side=True,
                                          do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, *_):
        pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers.items()), body, self.path))
        self.send_response(503 if self.server.busy else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver(tmp_path):
    with Receiver(tmp_path) as receiver:
        yield receiver
        receiver.shutdown()


def test_a_system_is_told_until_it_has_taken_it(gateway, systems, receiver, tmp_path):  # noqa: F811
    def mochila(*words):
        done = subprocess.run([gateway.program, "webhook", *words, "--at", gateway.data],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done

    def add(path, *more):
        return mochila("add", "--organization", f"school:{WESLACO}", "--url",
                       f"https://localhost:{receiver.server_port}/{path}", "--ca", receiver.ca,
                       *more)

    first = add("told", "--allow-private")
    secret, hook = first.stdout.strip(), first.stderr.split()[1]
    add("never")  # The same address without the operator's word: no connection is made.
    status, request, _ = systems[0].post("/api/v1/requests", filing("Aviso"),
                                         headers={"Idempotency-Key": "hooks-0001"})
    assert status == 201, request
    headers, body, path = wait_for(lambda: receiver.got or None, 60, "the first attempt")[0]
    event = Webhook(secret).verify(body, headers)
    assert (path, event["type"]) == ("/told", "inquiry.asked")
    assert event["data"]["request"] == request["number"]
    for private in "Aviso", "Prueba", "2011":
        assert private not in body.decode()
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 44).verify(body, headers)
    waiting = lambda: "1 waiting, 0 given up; the last: it answers 503" in mochila("list").stdout
    wait_for(waiting, 60, "that the trouble shows")
    assert "its address is not of the public internet" in mochila("list").stdout

    # A new secret beside the old one, from the next attempt on; nothing is lost by a kill.
    fresh = mochila("rotate", hook).stdout.strip()
    gateway.kill()
    receiver.busy = False
    gateway.start()
    before = len(receiver.got)
    headers, again, _ = wait_for(lambda: receiver.got[before:] or None, 120, "the next attempt")[0]
    assert again == body and headers["webhook-id"] == receiver.got[0][0]["webhook-id"]
    assert Webhook(secret).verify(again, headers) == Webhook(fresh).verify(again, headers)
    assert {path for _, _, path in receiver.got} == {"/told"}
    assert receiver.connections == len(receiver.got)
    mochila("stop", hook)
    assert "stopped (byOperator)" in mochila("list").stdout
    log = gateway.log.read_text()
    assert secret not in log and fresh not in log and "/told" not in log
