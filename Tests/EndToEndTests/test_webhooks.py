"""A school's own system is told what happens, by a receiver that uses the standard's library."""
import http.server, json, ssl, subprocess, threading, urllib.request
import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from harness.processes import wait_for
from test_installation import installation, smtp_server  # noqa: F401 (fixtures)

WESLACO = "484496008851"


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


def ask(installation, key, given, once):
    """A request, filed by the requester's system."""
    body = json.dumps({"student": {"givenName": given, "surname": "Prueba",
                                   "birthDate": "2011-03-09"},
                       "holder": WESLACO, "uses": ["G"]}).encode()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    call = urllib.request.Request(
        installation.url + "/api/v1/requests", body,
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json",
         "Idempotency-Key": once})
    with urllib.request.urlopen(call, timeout=60, context=context) as answer:
        return json.loads(answer.read())


def test_a_system_is_told_until_it_has_taken_it(installation, receiver):  # noqa: F811
    def mochila(*words):
        done = installation.at(*map(str, words))
        assert done.returncode == 0, done.stderr
        return done

    def add(path, *more):
        return mochila("webhook", "add", "--organization", f"school:{WESLACO}", "--url",
                       f"https://localhost:{receiver.server_port}/{path}", "--ca", receiver.ca,
                       *more)

    def listed():
        return mochila("webhook", "list").stdout

    key = mochila("access", "issue", "--email", "sis@davis.example", "--name", "Davis's system",
                  "--role", "registrar", "--organization", "school:531011001689", "--scope",
                  "requests:write", "requests:read").stdout.strip()
    installation.start()
    first = add("told", "--allow-private")
    secret, hook = first.stdout.strip(), first.stderr.split()[1]
    add("never")  # The same address without the operator's word: no connection is made.
    request = ask(installation, key, "Aviso", "hooks-0001")
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
    wait_for(lambda: " given up; the last: it answers 503" in listed(), 60, "the trouble")
    assert "its address is not of the public internet" in listed()

    # A new secret beside the old one from the next attempt on; nothing is lost by a kill.
    fresh = mochila("webhook", "rotate", hook).stdout.strip()
    installation.process.kill()
    installation.process.wait(30)
    receiver.busy = False
    before = len(receiver.got)
    installation.start()
    headers, again, _ = wait_for(lambda: receiver.got[before:] or None, 200, "the next attempt")[0]
    assert again == body and headers["webhook-id"] == receiver.got[0][0]["webhook-id"]
    assert Webhook(secret).verify(again, headers) == Webhook(fresh).verify(again, headers)
    assert {path for _, _, path in receiver.got} == {"/told"}
    assert receiver.connections == len(receiver.got)
    mochila("webhook", "stop", hook)
    assert "stopped (byOperator)" in listed()
    log = (installation.folder.parent / "serve.log").read_text()
    assert secret not in log and fresh not in log and "/told" not in log
