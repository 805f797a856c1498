#!/usr/bin/env python3
"""A webhook's receiver on the loopback, with its own authority and certificate.

Facts: port, authority, stranger_authority (PEM files), calls (a file: one line of JSON for each
request that came in whole), connections (a file: one byte for each connection that was taken).

The path chooses the answer: /ok 204, /busy 503, /gone 410, /moved 302 to /ok, /silent none,
/long 200 and a body without an end.
"""
import http.server, json, os, ssl, threading
from peer import certificates, own_folder, ready, until_stdin_ends

ANSWERS = {"/ok": 204, "/busy": 503, "/gone": 410, "/moved": 302, "/long": 200}


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        calls.write(json.dumps({"path": self.path, "body": body.decode(),
                                "headers": {k.lower(): v for k, v in self.headers.items()}}) + "\n")
        if self.path == "/silent":
            threading.Event().wait()
        self.send_response(ANSWERS.get(self.path, 404))
        if self.path == "/moved":
            self.send_header("Location", f"https://localhost:{self.server.server_port}/ok")
        self.send_header("Content-Length", str(10 ** 9 if self.path == "/long" else 0))
        self.end_headers()
        if self.path == "/long":
            self.wfile.write(b"x" * 1000)
            threading.Event().wait()

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


with own_folder() as folder:
    path = lambda name: os.path.join(folder, name)
    certificates(path)
    calls = open(path("calls"), "w", buffering=1)
    connections = open(path("connections"), "wb", buffering=0)
    server = Server(("127.0.0.1", 0), Receiver)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path("server.pem"), path("server.key"))
    # The handshake belongs to the connection's own thread.
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready(port=server.server_port, authority=path("authority.pem"),
          stranger_authority=path("stranger.pem"), calls=path("calls"),
          connections=path("connections"))
    until_stdin_ends()
