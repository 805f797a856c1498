"""A real clamd with one small signature of our own."""
import pathlib, subprocess
import pytest
from harness.processes import end_with_us, wait_for

CLAMD = "/usr/sbin/clamd"
# What it finds; in two parts, so that no scanner finds it here.
BAD = b"mochila-test-" + b"signature-of-nothing-bad"
FINDING = "Mochila.Test.UNOFFICIAL"


class Scanner:
    """Listens on `socket` while it runs; may be stopped and started again, knowing more."""

    def __init__(self, folder: pathlib.Path):
        if not pathlib.Path(CLAMD).exists():
            pytest.fail("clamd is missing: run script/bootstrap")
        folder.mkdir()
        self.folder, self.socket, self.process = folder, folder / "s", None
        self.learn("Mochila.Test", BAD)
        (folder / "conf").write_text(
            f"LocalSocket {self.socket}\nDatabaseDirectory {folder}\nForeground yes\n"
            f"StreamMaxLength 5M\nPidFile {folder}/pid\n")

    def learn(self, name: str, content: bytes):
        """A new signature, from the next start on."""
        with open(self.folder / "own.ndb", "a") as file:
            file.write(f"{name}:0:*:{content.hex()}\n")

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([CLAMD, "-c", str(self.folder / "conf")],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            preexec_fn=end_with_us)
        wait_for(self.socket.exists, 60, "clamd's socket")
        return self

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(30)
            self.process = None
            self.socket.unlink(missing_ok=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
