"""Uploads in pieces, as a partner's and a school's system make them: the connection is cut at many
places, the gateway is killed once, and stock curl and openssl see the rest."""
import base64, hashlib, json, os, random, re, select, shutil, socket, subprocess
import pytest
from harness.drop import Drop
from harness.processes import Gateway, wait_for
from test_interface import PDF, System, filing, multipart

PIECE = {"Content-Type": "application/partial-upload"}


@pytest.fixture(scope="module")
def killable(program, planted, tmp_path_factory):
    data = tmp_path_factory.mktemp("uploads") / "data"
    shutil.copytree(planted, data)
    with Gateway(program, data) as gateway:
        yield gateway


def both(gateway):
    keys = re.findall(r"student system: (mochila_key_\w+)", gateway.log.read_text())[-2:]
    return [System(gateway.url, key) for key in keys]


def asked(gateway, given):
    """A request of the one, and the inquiry for the other."""
    asks, answers = both(gateway)
    status, request, _ = asks.post("/api/v1/requests", filing(given),
                                   headers={"Idempotency-Key": f"uploads-{given}"})
    assert status == 201, request
    _, work, _ = answers.get("/api/v1/inquiries?limit=200")
    return request["number"], next(r for r in work["items"] if r["number"] == request["number"])


def sha256_header(body):
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def cut(gateway, key, path, offset, rest, count):
    """Sends `count` of the bytes it announces, and is gone."""
    head = (f"PATCH {path} HTTP/1.1\r\nHost: localhost:{gateway.port}\r\n"
            f"Authorization: Bearer {key}\r\nContent-Type: application/partial-upload\r\n"
            f"Upload-Offset: {offset}\r\nUpload-Complete: ?1\r\nContent-Length: {len(rest)}\r\n\r\n")
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=30) as connection:
        connection.sendall(head.encode() + rest[:count])


def offset_of(system, path):
    status, _, told = system.call("HEAD", path)
    assert status == 204 and told["Upload-Complete"] == "?0", (status, dict(told))
    return int(told["Upload-Offset"])


def test_a_sealed_bundle_comes_through_cuts_and_a_kill(killable, tmp_path):
    number, _ = asked(killable, "Cortada")
    answers = both(killable)[1]
    (tmp_path / "r.pdf").write_bytes(PDF + os.urandom(10 << 20))
    sealed = Drop(killable).seal(tmp_path / "b.cms", number, tmp_path / "r.pdf").read_bytes()
    done = subprocess.run(["curl", "-s", "-i", "-X", "OPTIONS", killable.url + "/api/v1/bundles"],
                          capture_output=True, text=True, timeout=60).stdout
    assert re.search(r"(?i)upload-limit: max-size=\d+, max-age=86400", done), done

    begin = {"Content-Type": "application/cms", "Upload-Complete": "?0",
             "Upload-Length": str(len(sealed)), "Repr-Digest": sha256_header(sealed)}
    status, begun, told = answers.post("/api/v1/bundles", b"", headers=begin)
    assert begun["offset"] == 0 and begun["length"] == len(sealed)
    assert status == 201 and told["Upload-Complete"] == "?0"
    path = told["Location"]
    assert offset_of(answers, path) == 0
    # Whoever it does not belong to finds nothing.
    assert both(killable)[0].get(path)[0] == 403

    draw, known = random.Random(5), 0
    for _ in range(12):
        rest = sealed[known:]
        cut(killable, answers.key, path, known, rest, draw.choice([0, 1, 700, 65_536, 900_000]))
        now = offset_of(answers, path)
        assert known <= now < len(sealed)
        known = now

    # More than a piece is durable, and the gateway dies in the middle of the next one. What an
    # earlier connection left may still be on its way to the disk: then the offset is another.
    for _ in range(10):
        known = offset_of(answers, path)
        rest, cut_at = sealed[known:], 9 << 20
        with socket.create_connection(("127.0.0.1", killable.port), timeout=60) as connection:
            connection.sendall(
                (f"PATCH {path} HTTP/1.1\r\nHost: localhost:{killable.port}\r\n"
                 f"Authorization: Bearer {answers.key}\r\n"
                 f"Content-Type: application/partial-upload\r\nUpload-Offset: {known}\r\n"
                 f"Upload-Complete: ?1\r\nContent-Length: {len(rest)}\r\n\r\n").encode()
                + rest[:cut_at])
            answered = lambda: select.select([connection], [], [], 0)[0]
            wait_for(lambda: answered() or offset_of(answers, path) >= known + (8 << 20), 60,
                     "a durable piece")
            if not answered():
                killable.kill()
                break
    killable.start()
    answers = both(killable)[1]
    kept = offset_of(answers, path)
    assert known + (8 << 20) <= kept <= known + cut_at

    wrong = {**PIECE, "Upload-Offset": str(kept + 1), "Upload-Complete": "?1"}
    status, problem, told = answers.call("PATCH", path, sealed[kept + 1:], wrong)
    assert status == 409 and told["Upload-Offset"] == str(kept)
    assert problem["type"].endswith("#mismatching-upload-offset")
    assert problem["expected-offset"] == kept

    (tmp_path / "rest").write_bytes(sealed[kept:])
    done = subprocess.run(
        ["curl", "-s", "-X", "PATCH", killable.url + path, "--data-binary",
         f"@{tmp_path / 'rest'}", "-H", f"Authorization: Bearer {answers.key}",
         "-H", "Content-Type: application/partial-upload", "-H", f"Upload-Offset: {kept}",
         "-H", "Upload-Complete: ?1"], capture_output=True, text=True, timeout=120)
    taken = json.loads(done.stdout)
    assert taken.get("verdict") == "accepted", taken
    receipt = json.loads(taken["receipt"]["text"])
    assert receipt["request"] == number
    assert receipt["sealedSHA256"] == hashlib.sha256(sealed).hexdigest()
    (tmp_path / "r.json").write_text(taken["receipt"]["text"])
    (tmp_path / "r.p7s").write_bytes(base64.b64decode(taken["receipt"]["signature"]))
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-inform", "DER", "-in", tmp_path / "r.p7s", "-content",
         tmp_path / "r.json", "-binary", "-CAfile", killable.data / "keys/ca.pem",
         "-out", "/dev/null"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

    # Whoever lost the answer reads it again, and nothing can be added.
    _, state, told = answers.get(path)
    assert told["Upload-Complete"] == "?1" and state["result"]["status"] == 201
    assert json.loads(state["result"]["body"]) == taken
    status, problem, _ = answers.call("PATCH", path, b"x", {
        **PIECE, "Upload-Offset": str(len(sealed)), "Upload-Complete": "?1"})
    assert status == 400 and problem["type"].endswith("#completed-upload")
    assert answers.call("DELETE", path)[0] == 204 and answers.get(path)[0] == 404
    # The same bundle again, in one go and by no header of the draft, is the same receipt.
    done = subprocess.run(
        ["curl", "-s", killable.url + "/api/v1/bundles", "--data-binary", f"@{tmp_path / 'b.cms'}",
         "-H", f"Authorization: Bearer {answers.key}", "-H", "Content-Type: application/cms"],
        capture_output=True, text=True, timeout=120)
    assert json.loads(done.stdout)["receipt"]["text"] == taken["receipt"]["text"]
    asks = both(killable)[0]
    wait_for(lambda: asks.get(f"/api/v1/requests/{number}/bundles")[1]["items"], 60, "the bundle")


def test_a_bundle_that_is_none_is_refused_with_a_receipt(killable):
    answers = both(killable)[1]
    kind = {"Content-Type": "application/cms"}
    status, problem, _ = answers.post("/api/v1/bundles", b"nothing sealed", headers=kind)
    assert (status, problem["type"]) == (422, "urn:mochila:problem:bundle-refused")
    assert json.loads(problem["receipt"]["text"])["verdict"] == "refused"
    other = {**kind, "Repr-Digest": sha256_header(b"something else")}
    status, problem, _ = answers.post("/api/v1/bundles", b"nothing sealed", headers=other)
    assert (status, problem["type"]) == (422, "urn:mochila:problem:digest-differs")
    assert answers.post("/api/v1/bundles", b"x", headers={"Content-Type": "text/plain"})[0] == 415
    huge = {**kind, "Upload-Complete": "?0", "Upload-Length": str(1 << 40)}
    assert answers.post("/api/v1/bundles", b"", headers=huge)[0] == 413


def test_files_and_fields_come_in_pieces(killable):
    number, row = asked(killable, "Partida")
    asks, answers = both(killable)
    _, inquiry, _ = answers.get(f"/api/v1/inquiries/{row['id']}")
    fields = [("complete", "true")] + [(f"part-{p}", "sent") for p in inquiry["parts"]]
    body, kind = multipart(fields, [("Partida.pdf", PDF)])
    path = f"/api/v1/inquiries/{row['id']}/records"
    status, _, told = answers.post(path, body[:900], headers={**kind, "Upload-Complete": "?0"})
    assert status == 201 and told["Upload-Offset"] == "900", told
    assert asks.post(path, body, headers={**kind, "Upload-Complete": "?0"})[0] == 403
    place = told["Location"]
    middle = {**PIECE, "Upload-Offset": "900", "Upload-Complete": "?0"}
    assert answers.call("PATCH", place, body[900:3000], middle)[0] == 204
    last = {**PIECE, "Upload-Offset": "3000", "Upload-Complete": "?1"}
    status, bundle, told = answers.call("PATCH", place, body[3000:], last)
    assert status == 201 and told["Upload-Complete"] == "?1", bundle
    assert bundle["files"][0]["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_whoever_names_the_draft_hears_where_to_go_on_before_the_first_answer(killable):
    answers = both(killable)[1]

    def begin(version, protocol="1.1"):
        head = (f"POST /api/v1/bundles HTTP/{protocol}\r\nHost: localhost:{killable.port}\r\n"
                f"Authorization: Bearer {answers.key}\r\nContent-Type: application/cms\r\n"
                f"Upload-Complete: ?1\r\nContent-Length: 5000\r\n{version}\r\n")
        connection = socket.create_connection(("127.0.0.1", killable.port), timeout=30)
        connection.sendall(head.encode() + b"x" * 700)
        return connection

    named = "Upload-Draft-Interop-Version: 8\r\n"
    with begin(named) as connection:
        said = connection.recv(4096).decode()
        assert said.startswith("HTTP/1.1 104 Upload Resumption Supported\r\n"), said
        assert said.endswith("\r\n\r\n") and said.count("\r\n\r\n") == 1, said
        assert "Upload-Draft-Interop-Version: 8" in said and "max-age=86400" in said
        assert "content-length" not in said.lower() and "transfer-enc" not in said.lower()
        place = re.search(r"(?i)^location: (\S+)", said, re.M)[1]
    # The connection broke before any answer; what came is there, and goes on from there.
    assert wait_for(lambda: offset_of(answers, place), 30, "what came before the cut") == 700
    last = {**PIECE, "Upload-Offset": "700", "Upload-Complete": "?1"}
    assert answers.call("PATCH", place, b"x" * 4300, last)[0] == 422
    # With the rest on the same connection the answer follows the interim one.
    with begin(named) as connection:
        connection.sendall(b"x" * 4300)
        said = b""
        while b"HTTP/1.1 422" not in said:
            assert (more := connection.recv(65_536)), said
            said += more
        assert said.startswith(b"HTTP/1.1 104 ")
    # Nobody else is told: who names no draft, one of long ago, or speaks HTTP/1.0.
    for version, protocol in (("", "1.1"), ("Upload-Draft-Interop-Version: 3\r\n", "1.1"),
                              (named, "1.0")):
        with begin(version, protocol) as connection:
            connection.sendall(b"x" * 4300)
            assert connection.recv(12).split()[1] == b"422", (version, protocol)
