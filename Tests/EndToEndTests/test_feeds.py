"""A state's system drops its extract by SFTP, and a person looks where one has to."""
import json, subprocess
import pytest
from harness.browser import PHONE
from harness.drop import Drop
from harness.processes import wait_for
from pages import staff
from pages.staff import FLORIDA, ROSA, Student, Wizard
from test_locator import entry, extract, until

ACCOUNT, SYSTEM, IMMOKALEE = "florida-agency", "florida-extract", "120033000355"


@pytest.fixture(scope="module")
def drop(gateway):
    with Drop(gateway, ACCOUNT) as drop:
        yield drop


def fetched(drop, name):
    target = drop.data / "fetched.other"
    target.unlink(missing_ok=True)
    drop.sftp(f'get "receipts/{name}" "{target}"')
    return target


def students(count, first="Nayeli"):
    return [entry(n, first, f"Peñaranda{chr(97 + n)}", f"2011-10-{n + 1:02}", IMMOKALEE)
            for n in range(count)]


def test_an_extract_dropped_is_taken_in_and_its_receipt_says_what_was_refused(
        drop, people, gateway, tmp_path):
    drop.sftp(f"get README.txt {tmp_path}/readme")
    assert f"in/{SYSTEM}.snapshot.csv" in (tmp_path / "readme").read_text()
    rows = students(25)
    rows[7]["birth_date"] = "2011-13-03"
    name = f"{SYSTEM}.changes.2026-05-18.csv"
    (tmp_path / "x").write_bytes(extract(*rows).decode().encode("latin-1"))
    drop.sftp(f'put {tmp_path}/x "in/{name}.part"', f'rename "in/{name}.part" "in/{name}"')
    receipt = drop.receipt(name)
    assert receipt["verdict"] == "applied", receipt
    assert receipt["system"] == SYSTEM
    assert receipt["rows"] == {"read": 25, "added": 24, "changed": 0, "unchanged": 0,
                               "withdrawn": 0, "refused": 1}
    refused = fetched(drop, f"{name}.refused.csv").read_text()
    assert refused.splitlines()[1].startswith('9,"birth_date","not a date')
    assert "Nayeli" not in refused + json.dumps(receipt)
    signature = fetched(drop, f"{name}.receipt.json.p7s").rename(tmp_path / "p7s")
    content = fetched(drop, f"{name}.receipt.json")
    subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature,
                    "-content", content, "-CAfile", drop.data / "keys/ca.pem", "-out", "/dev/null"],
                   check=True, capture_output=True)
    # Nothing of it is left in plain, in the folder or anywhere else.
    clear = [p for p in (drop.data / "data").rglob("*")
             if p.is_file() and b"Nayeli" in p.read_bytes()]
    assert not clear

    rosa = staff.come_back(people(gateway.url, js=False), ROSA)
    Wizard(rosa).begin().student(Student("Nayeli", "Peñarandab", "", "2011-10-02"))
    rosa.sees("Immokalee High School")


def test_what_looks_wrong_waits_for_a_person_of_the_organization(
        drop, people, gateway, tmp_path):
    samuel = staff.come_back(people(gateway.url, js=False, width=PHONE), FLORIDA)
    words, name = samuel.words, f"{SYSTEM}.snapshot.csv"
    # The demonstration's own extract: six of its rows cannot be used.
    drop.sftp(f"put {drop.data}/feeds/{name} in/{name}")
    receipt = drop.receipt(name)
    assert receipt["verdict"] == "held", receipt
    assert any("6 rows are refused" in reason for reason in receipt["reasons"])
    assert len(fetched(drop, f"{name}.refused.csv").read_text().splitlines()) >= 7
    samuel.go(f"/locator/feeds/{SYSTEM}")
    samuel.sees(name, words("feedDropStatus.held"), words("confirmationGround.manyRefused", rows=6))
    link = samuel.page.get_by_role("link", name=words("feed.refusedOfDrop", file=name))
    listed = samuel.page.context.request.get(gateway.url + link.get_attribute("href")).text()
    assert '"11","birth_date",' in listed and "Xim" not in listed
    samuel.press(words("feed.agreeToDrop"))
    samuel.sees(words("notice.feedAgreed"))
    wait_for(lambda: drop.receipt(name)["verdict"] == "applied", 60, "the second receipt")
    until(samuel, words("feedDropStatus.applied"))

    # A copy that lacks nearly everything is declined: everybody stays.
    (tmp_path / "less").write_bytes(extract(entry(1, "Ximena", "Yáñez", "2011-10-02", IMMOKALEE)))
    drop.sftp(f"put {tmp_path}/less in/{SYSTEM}.snapshot.2.csv")
    receipt = drop.receipt(f"{SYSTEM}.snapshot.2.csv")
    assert (receipt["verdict"], receipt["rows"]["withdrawn"]) == ("held", 30)
    samuel.go(f"/locator/feeds/{SYSTEM}")
    samuel.sees(words("confirmationGround.tooMany"))
    samuel.press(words("feed.declineDrop"))
    samuel.sees(words("notice.feedDeclined"))
    wait_for(lambda: drop.receipt(f"{SYSTEM}.snapshot.2.csv")["verdict"] == "declined", 60, "it")


def test_a_bundle_is_no_extract_and_an_extract_no_bundle(drop, gateway, tmp_path):
    (tmp_path / "rows").write_bytes(extract(*students(3, "Xóchitl")))
    for name in ("students.csv", "texas-peims.snapshot.csv", "florida-extract.csv"):
        assert "Failure" in drop.sftp(f"put {tmp_path}/rows in/{name}", check=False)
    (tmp_path / "sealed").write_bytes(
        b"\x30\x80\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17" + bytes(200))
    said = drop.sftp(f"put {tmp_path}/sealed in/{SYSTEM}.snapshot.csv", check=False)
    assert "Failure" in said
    assert "students.csv" not in drop.sftp("ls in")
    # Another account may not feed this system, whatever the name says.
    other = Drop(gateway)
    other.port, other.known = drop.port, drop.known
    assert "Failure" in other.sftp(f"put {tmp_path}/rows in/{SYSTEM}.changes.csv", check=False)
    # Cut in the middle: nothing of it is taken in.
    (tmp_path / "cut").write_bytes((tmp_path / "rows").read_bytes()[:-20])
    drop.sftp(f"put {tmp_path}/cut in/{SYSTEM}.changes.cut.csv")
    receipt = drop.receipt(f"{SYSTEM}.changes.cut.csv")
    assert receipt["verdict"] == "refused" and "cut off" in receipt["reasons"][0]
    assert "Nothing was changed" in receipt["reasons"][0]


def test_what_another_process_takes_in_is_found_grouped_and_outlives_a_crash(
        people, fresh_gateway, program, tmp_path):
    gateway = fresh_gateway()
    gateway.start()
    samuel = staff.come_back(people(gateway.url, js=False), FLORIDA)
    samuel.go("/locator/people")
    pairs = "a[href^='/locator/people/pairs/']"
    before = samuel.page.locator(pairs).count()
    subprocess.run([program, "init", tmp_path / "place", "--address", "https://oak.example"],
                   check=True, capture_output=True)
    (gateway.data / "mochila.yaml").write_text((tmp_path / "place/mochila.yaml").read_text())
    rows = [entry(n, "Gudelia", "Otamendi", born, IMMOKALEE) | {"last_name2": "Iribarren"}
            for n, born in ((1, "2011-03-09"), (2, "2011-09-03"))]
    (tmp_path / "rows").write_bytes(extract(*rows))
    done = subprocess.run(
        [program, "locator", "feed", "--at", gateway.data, "--source", SYSTEM, "--changes",
         tmp_path / "rows"], capture_output=True, text=True)
    assert "added 2" in done.stdout, done.stdout + done.stderr
    rosa = staff.come_back(people(gateway.url, js=False), ROSA)
    Wizard(rosa).begin().student(Student("Gudelia", "Otamendi", "Iribarren", "2011-03-09"))
    rosa.sees("Immokalee High School")
    # Nobody asked for it: the gateway groups by itself, and whoever is near is on the list.
    for _ in range(240):
        if samuel.page.locator(pairs).count() > before:
            break
        samuel.page.wait_for_timeout(250)
        samuel.go("/locator/people")
    assert samuel.page.locator(pairs).count() == before + 1
    samuel.looks_away()
    rosa.looks_away()
    gateway.kill()
    gateway.start()
    samuel.go("/locator/people")
    assert samuel.page.locator(pairs).count() == before + 1
    Wizard(rosa).begin().student(Student("Gudelia", "Otamendi", "Iribarren", "2011-03-09"))
    rosa.sees("Immokalee High School")
