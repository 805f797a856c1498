"""The gateway is killed while it takes bundles in: each is filed once and gets its receipt."""
import json, random, time
import pytest
from harness.drop import Drop
from harness.processes import wait_for
from pages import staff
from pages.staff import EMILIANO, JOSE, MARISOL, ROSA
from samples import pdf

pytestmark = pytest.mark.deep


def test_a_killed_gateway_files_every_bundle_once(fresh_gateway, people, tmp_path):
    gateway, dice = fresh_gateway(), random.Random(5)
    gateway.start()
    rosa = people(gateway.url)
    staff.come_back(rosa, ROSA)
    numbers = [staff.file_request(rosa, student, "Weslaco East High School")
               for student in (MARISOL, JOSE, EMILIANO)]
    with Drop(gateway) as drop:
        bundles = {f"{n}.cms": drop.seal(tmp_path / f"{n}.cms", n, pdf(tmp_path / f"{n}.pdf", text=n))
                   for n in numbers}
        gateway.kill()
        # Down: partners send as always.
        drop.sftp(*[f"put {path} in/{name}" for name, path in bundles.items()])
        queue = drop.folder / "partners/weslaco-east/queue"
        assert len(list(queue.iterdir())) == 3
        receipts = drop.folder / "partners/weslaco-east/receipts"
        for _ in range(6):
            gateway.start()
            time.sleep(dice.random() * 1.5)
            gateway.kill()
        gateway.start()
        wait_for(lambda: not list(queue.iterdir()), 90, "an empty queue")
        # Beside each its signature, which is made anew each time.
        there = lambda: [p for p in receipts.iterdir() if not p.name.startswith(".")]
        texts = lambda: {p.name: p.read_bytes() for p in there()
                         if p.read_bytes().startswith(b"{")}
        first = texts()
        assert len(first) == 3 and len(there()) == 6
        for content in first.values():
            assert json.loads(content)["verdict"] == "accepted"
        for number in numbers:
            rosa.go(f"/requests/{number}/records")
            assert f"{number}.pdf" in rosa.text()
            assert rosa.text().count(f"{number}.pdf") >= 1
        # Everything again: nothing is filed a second time, and every receipt is the same.
        for path in receipts.iterdir():
            path.unlink()
        drop.sftp(*[f"put {path} in/{name}" for name, path in bundles.items()])
        wait_for(lambda: len(there()) == 6, 90, "the receipts again")
        assert texts() == first
        for number in numbers:
            rosa.go(f"/requests/{number}")
            assert "2 bundles" not in rosa.text()
    left = list((gateway.data / "data/incoming").iterdir())
    assert left == [] or all(p.suffix == ".arriving" for p in left), left
