"""A school whose web server takes sealed bundles: set up, checked, cut, killed, and delivered."""
import hashlib, json, pathlib, re, ssl, subprocess, urllib.request
import pytest
from harness.processes import Peer, wait_for
from test_installation import installation, smtp_server  # noqa: F401 (fixtures)
from test_interface import System, filing, multipart

DAVIS, WESLACO = "531011001689", "484496008851"
BIG = b"%PDF-1.7\n" + b"%Expediente\n" * 700_000


class Called(System):
    """A system of the installation, whose certificate is its own."""

    def __init__(self, base, key):
        super().__init__(base, key)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        handler = urllib.request.HTTPSHandler(context=context)
        urllib.request.install_opener(urllib.request.build_opener(handler))


@pytest.fixture
def place(installation, tmp_path):  # noqa: F811
    """The installation, and a school's web server that lets in who its authority vouches for."""
    exported = installation.at("keys", "export", "authority")
    assert exported.returncode == 0, exported.stderr
    (tmp_path / "clients.pem").write_text(exported.stdout)
    with Peer("drop_peer.py", "--clients", str(tmp_path / "clients.pem")) as peer:
        yield installation, peer, tmp_path


def certificate(folder, name, usage):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "400", "-subj", f"/CN=Davis {name}", "-addext", "basicConstraints=CA:FALSE",
         "-addext", f"keyUsage=critical,{usage}", "-keyout", folder / f"{name}.key", "-out",
         folder / f"{name}.pem"], check=True, capture_output=True)
    return folder / f"{name}.pem"


def test_a_bundle_reaches_a_schools_web_server(place):
    installation, peer, folder = place  # noqa: F811

    def mochila(*words, code=0):
        done = installation.at(*map(str, words))
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def key(role, school):
        said = mochila("access", "issue", "--email", f"{role}@push.example".lower(), "--name",
                       f"{role} system", "--role", role, "--organization", f"school:{school}",
                       "--scope", "requests:write", "requests:read", "records:read",
                       "inquiries:answer")
        return re.search(r"mochila_key_\w+", said)[0]

    def calls():
        lines = pathlib.Path(peer["calls"]).read_text().splitlines()
        return [json.loads(line) for line in lines]

    url = lambda way: f"https://localhost:{peer['port']}/{way}"
    sealing = certificate(folder, "sealing", "keyAgreement")
    mochila("partner", "add", "davis", "--organization", f"school:{DAVIS}", "--signing-certificate",
            certificate(folder, "signing", "digitalSignature"))
    push = lambda *words, **more: mochila("partner", "push", *words, **more)

    # What cannot work is said before anything is kept.
    assert "--encryption-certificate" in push("https", "davis", url("hang"), code=1)
    assert "https://host/folder" in push("https", "davis", "http://a.example/in", code=1)
    assert "Nothing is pushed" in push("check", "davis", code=1)
    # The wrong authority and a private address are seen by the check, which shows who answered.
    push("https", "davis", url("hang"), "--encryption-certificate", sealing)
    assert "not of the public internet" in push("check", "davis", code=1)
    push("https", "davis", url("hang"), "--allow-private", "--ca", peer["stranger_authority"])
    seen = push("check", "davis", code=1)
    shown = subprocess.run(["openssl", "s_client", "-connect", f"localhost:{peer['port']}"],
                           input="", capture_output=True, text=True).stdout
    der = ssl.PEM_cert_to_DER_cert(shown[shown.index("-----BEGIN"):shown.index("-----END") + 25])
    assert hashlib.sha256(der).hexdigest() in seen and "certificate is not good" in seen
    push("https", "davis", url("hang"), "--allow-private", "--ca", peer["authority"])
    assert "Ready" in push("check", "davis")
    assert url("hang") in mochila("partner", "list")

    asks, answers = (Called(installation.url, key(*who))
                     for who in (("registrar", DAVIS), ("recordsClerk", WESLACO)))
    installation.start()
    status, request, _ = asks.post("/api/v1/requests", filing("Empuje"),
                                   headers={"Idempotency-Key": "push-0001"})
    assert status == 201, request
    number = request["number"]
    row = next(r for r in answers.get("/api/v1/inquiries?limit=200")[1]["items"]
               if r["number"] == number)
    path = f"/api/v1/inquiries/{row['id']}"
    fields = [("complete", "true")] + [(f"part-{p}", "sent")
                                       for p in answers.get(path)[1]["parts"]]
    body, kind = multipart(fields, [("Empuje Prueba.pdf", BIG)])
    # What comes in one go counts towards the partner's quota, as what comes in pieces does.
    mochila("partner", "add", "weslaco", "--organization", f"school:{WESLACO}",
            "--signing-certificate", certificate(folder, "weslaco", "digitalSignature"),
            "--limit", "bytes-per-day=1K")
    little, its = multipart(fields, [("Empuje Prueba.pdf", BIG[:4_000])])
    status, problem, _ = answers.post(path + "/records", little, headers=its)
    assert (status, problem["type"]) == (429, "urn:mochila:problem:quota-used-up")
    mochila("partner", "limit", "weslaco", "bytes-per-day=")
    status, bundle, _ = answers.post(path + "/records", body, headers=kind)
    assert status == 201, bundle

    # Killed while the school's server has half of it.
    wait_for(lambda: any(c["method"] == "PUT" for c in calls()), 60, "half of the bundle")
    installation.process.kill()
    installation.process.wait(30)
    assert not list(pathlib.Path(peer["folder"]).iterdir())
    installation.start()
    sealed = pathlib.Path(peer["folder"]) / f"hang_{number}-1.cms"
    wait_for(sealed.exists, 60, "the whole bundle")
    puts = [c for c in calls() if c["method"] == "PUT"]
    assert len(puts) == 2 and len({c["headers"]["idempotency-key"] for c in puts}) == 1
    assert "Empuje" not in json.dumps(calls()) and "Prueba" not in json.dumps(calls())

    found = asks.get(f"/api/v1/requests/{number}/bundles")[1]["items"]
    assert hashlib.sha256(sealed.read_bytes()).hexdigest() == found[0]["sealed"]["sha256"]
    opened = subprocess.run(
        ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", sealed, "-inkey",
         folder / "sealing.key", "-recip", sealing, "-binary", "-out", folder / "bundle.zip"],
        capture_output=True, text=True)
    assert opened.returncode == 0, opened.stderr
    listed = subprocess.run(["unzip", "-l", folder / "bundle.zip"], capture_output=True, text=True)
    assert "manifest.json" in listed.stdout

    # It stands in the receipts, the audit and the list, and no path of the address in the log.
    receipts = lambda: [r for r in asks.get(f"/api/v1/requests/{number}/receipts")[1]["items"]
                        if r["way"] == "httpsPush"]
    assert wait_for(receipts, 60, "the hand-over")[0]["outcome"] == "handedOver"
    assert "0" in push("retry", "davis")
    assert "Nothing is pushed" in push("off", "davis")
    log = (installation.folder.parent / "serve.log").read_text()
    assert "Empuje" not in log and "/hang" not in log
    installation.stop()
