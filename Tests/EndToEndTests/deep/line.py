"""A line to a server of this machine that fails as it is told, from one moment to the next."""
import contextlib, socket, threading

PASS, STALL, CUT = "pass", "stall", "cut"


class Line:
    """Passes connections on. `down` takes none; `stall` and `cut` act on the client's bytes after
    so many."""

    def __init__(self, target: int):
        self.target, self.mode, self.after = target, PASS, 0
        self.attempts = 0
        self.listener, self.port = None, None
        self.open = []
        self.up()

    def up(self):
        if self.listener:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port or 0))
        listener.listen(64)
        self.listener, self.port = listener, listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def down(self):
        if self.listener:
            # Closing alone does not end an accept that waits.
            with contextlib.suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        self.drop()

    def drop(self):
        """Breaks what is open."""
        for end in self.open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.open = []

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.attempts += 1
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=10)
        except OSError:
            return client.close()
        server.settimeout(None)
        self.open += [client, server]
        mode, after = self.mode, self.after
        threading.Thread(target=self._pump, args=(server, client, PASS, 0), daemon=True).start()
        self._pump(client, server, mode, after)
        for end in (client, server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _pump(self, source, sink, mode, after):
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(16384):
                if mode != PASS and passed + len(data) > after:
                    sink.sendall(data[:max(0, after - passed)])
                    if mode == CUT:
                        break
                    # Bytes stay where they are until one of the two gives up.
                    while source.fileno() >= 0 and sink.fileno() >= 0 and self._waits(source):
                        threading.Event().wait(0.2)
                    break
                sink.sendall(data)
                passed += len(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _waits(end) -> bool:
        """Whether the other side is still there; the kernel tells when it has gone."""
        state = end.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
        return state == 1
