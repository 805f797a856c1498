#!/usr/bin/env python3
"""A partner's folder on the web, for callers with a certificate of the right authority only.

Facts: port, authority, stranger_authority (PEM files), client_certificate, client_key (what we are
let in with), stranger_certificate, stranger_key, folder (what was put, a file for each path),
calls (a file: one line of JSON for each request), connections (a file: one byte for each that was
taken). With --clients PEM callers of that authority are let in instead.

The first name of the path chooses what happens. /in takes a file as it should be: looks first,
never over another, checks length and digest. /blind shows nothing and says 412 where a file is
there. /lost takes the first one and ends before it answers. /cut ends in the middle of every
body. /hang takes half of the first one and then nothing more. Anything else answers what ANSWERS says, before the body is read.
"""
import argparse, base64, hashlib, http.server, json, os, ssl, threading
from peer import certificates, own_folder, ready, run, until_stdin_ends

ANSWERS = {"busy": 503, "full": 507, "moved": 302, "closed": 403, "small": 413, "wild": 429}


class Folder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def note(self, read):
        calls.write(json.dumps({"method": self.command, "path": self.path, "read": read,
                                "headers": {k.lower(): v for k, v in self.headers.items()}}) + "\n")

    def place(self):
        return os.path.join(folder, "put", self.path.replace("/", "_").lstrip("_"))

    def answer(self, status, length=0):
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"https://localhost:{self.server.server_port}/in/moved")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def way(self):
        return self.path.split("/")[1]

    def do_HEAD(self):
        self.note(0)
        if self.way() in ("blind", "small", "full", "busy"):
            return self.answer(405)
        if self.way() in ANSWERS:
            return self.answer(ANSWERS[self.way()])
        if os.path.exists(self.place()):
            return self.answer(200, os.path.getsize(self.place()))
        self.answer(404)

    def handle_expect_100(self):
        # Whoever asks before sending is answered before.
        if self.way() in ANSWERS:
            self.note(0)
            self.close_connection = True
            self.answer(ANSWERS[self.way()])
            return False
        return super().handle_expect_100()

    def do_PUT(self):
        length = int(self.headers["Content-Length"])
        if self.way() in ANSWERS:
            self.note(0)
            self.close_connection = True
            return self.answer(ANSWERS[self.way()])
        if os.path.exists(self.place()):
            self.rfile.read(length)
            self.note(length)
            return self.answer(412 if self.headers["If-None-Match"] == "*" else 200)
        if self.way() == "cut":
            self.rfile.read(length // 2)
            self.note(length // 2)
            self.close_connection = True
            return
        if self.way() == "hang" and not hung.is_set():
            hung.set()
            self.rfile.read(length // 2)
            self.note(length // 2)
            threading.Event().wait()
        body = self.rfile.read(length)
        self.note(len(body))
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if len(body) != length or self.headers["Content-Digest"] != f"sha-256=:{digest}:":
            return self.answer(400)
        with open(self.place() + ".part", "wb") as file:
            file.write(body)
        os.rename(self.place() + ".part", self.place())
        if self.way() == "lost" and not lost.is_set():
            lost.set()
            self.close_connection = True
            return
        self.answer(201)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def get_request(self):
        found = super().get_request()
        connections.write(b"c")
        return found

    def handle_error(self, *_):
        pass


def client(path, name, authority):
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", f"/CN={name}", "-addext", "extendedKeyUsage=clientAuth",
        "-keyout", path(name + ".key"), "-out", path(name + ".csr"))
    run("openssl", "x509", "-req", "-in", path(name + ".csr"), "-days", "2", "-copy_extensions",
        "copy", "-CA", path(authority + ".pem"), "-CAkey", path(authority + ".key"),
        "-CAcreateserial", "-out", path(name + ".pem"))


options = argparse.ArgumentParser()
options.add_argument("--clients")
options = options.parse_args()
lost, hung = threading.Event(), threading.Event()
with own_folder() as folder:
    path = lambda name: os.path.join(folder, name)
    certificates(path)
    client(path, "gateway", "authority")
    client(path, "nobody", "stranger")
    os.mkdir(path("put"))
    calls = open(path("calls"), "w", buffering=1)
    connections = open(path("connections"), "wb", buffering=0)
    server = Server(("127.0.0.1", 0), Folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path("server.pem"), path("server.key"))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(options.clients or path("authority.pem"))
    # The handshake belongs to the connection's own thread.
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready(port=server.server_port, authority=path("authority.pem"),
          stranger_authority=path("stranger.pem"), client_certificate=path("gateway.pem"),
          client_key=path("gateway.key"), stranger_certificate=path("nobody.pem"),
          stranger_key=path("nobody.key"), folder=path("put"), calls=path("calls"),
          connections=path("connections"))
    until_stdin_ends()
