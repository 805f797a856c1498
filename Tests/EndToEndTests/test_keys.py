"""`mochila keys` on an installation: on file, rotated, revoked, destroyed."""
import subprocess

import pytest


@pytest.fixture
def place(program, tmp_path):
    folder = tmp_path / "gateway"

    def mochila(*arguments):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True,
                              cwd=tmp_path)

    made = mochila("init", folder, "--address", "https://records.oak.example")
    assert made.returncode == 0, made.stderr
    return folder, mochila


def partner(tmp_path, name, usage, extended="emailProtection", days=365):
    made = subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-days", str(days), "-subj", f"/O=Elm/CN={name}",
         "-keyout", f"{name}.key", "-out", f"{name}.pem", "-addext",
         f"keyUsage=critical,{usage}", "-addext", f"extendedKeyUsage={extended}",
         "-addext", "basicConstraints=critical,CA:FALSE"],
        cwd=tmp_path, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    shown = subprocess.run(
        ["openssl", "x509", "-in", f"{name}.pem", "-noout", "-fingerprint", "-sha256"],
        cwd=tmp_path, capture_output=True, text=True, check=True)
    return shown.stdout.split("=")[1].strip()


def test_a_partner_is_imported_with_the_fingerprint_it_read_out(place, tmp_path):
    folder, mochila = place
    fingerprint = partner(tmp_path, "elm", "digitalSignature")
    taken = ["keys", "import", "elm.pem", "--at", folder, "--partner", "school:060000101145",
             "--usage"]
    wrong = mochila(*taken, "encryption", "--fingerprint", "00:11")
    assert wrong.returncode != 0
    # All of it at once.
    assert "not for encryption" in wrong.stderr and "fingerprint is" in wrong.stderr
    good = mochila(*taken, "signing", "--fingerprint", fingerprint)
    assert good.returncode == 0, good.stderr
    again = mochila(*taken, "signing")
    assert again.returncode != 0 and "on file already" in again.stderr
    listed = mochila("keys", "list", "--at", folder).stdout
    plain = fingerprint.replace(":", "").lower()
    assert [line for line in listed.splitlines()
            if line.startswith(plain) and "partner signing" in line and line.endswith("current")]
    assert listed.count("  gateway  ") == 3, "the gateway's own three are on file as well"


def test_keys_rotate_and_an_old_one_is_revoked_or_destroyed(place, tmp_path):
    folder, mochila = place
    before = mochila("keys", "list", "--at", folder).stdout.split()[0::1]
    for usage in ["signing", "encryption"]:
        turned = mochila("keys", "rotate", usage, "--at", folder)
        assert turned.returncode == 0, turned.stderr
    listed = mochila("keys", "list", "--at", folder).stdout.splitlines()
    retired = [line for line in listed if line.endswith("retired")]
    assert len(listed) == 5 and len(retired) == 2 and before
    old = next(line for line in retired if "encryption" in line).split()[0]
    unsure = mochila("keys", "destroy", old, "--at", folder)
    assert unsure.returncode != 0 and "--for-ever" in unsure.stderr
    gone = mochila("keys", "destroy", old, "--for-ever", "--at", folder)
    assert gone.returncode == 0, gone.stderr
    assert not list((folder / "Keys").glob("encryption-old-*.key"))
    signer = next(line for line in retired if "signing" in line).split()[0]
    revoked = mochila("keys", "revoke", signer, "--since", "2026-01-01", "--at", folder)
    assert revoked.returncode == 0, revoked.stderr
    assert "Accepted on its word since 2026-01-01: 0" in revoked.stdout
    states = mochila("keys", "list", "--at", folder).stdout
    assert states.count("REVOKED") == 1 and states.count("destroyed") == 1


def test_whom_we_are_to_partners_servers_is_listed_and_its_dates_are_watched(place):
    folder, mochila = place
    look = lambda: [line for line in mochila("keys", "list", "--at", folder).stdout.splitlines()
                    if "gateway client" in line]
    assert not look() and "client-certificate" not in mochila("doctor", "--at", folder).stdout
    turned = mochila("keys", "rotate", "client", "--at", folder)
    assert turned.returncode == 0, turned.stderr
    line = look()[0]
    assert line.split()[0] in turned.stdout and line.endswith("current")
    assert "client-certificate" in mochila("doctor", "--at", folder).stdout


def test_a_certificate_of_ours_is_exported_and_never_a_key(place):
    folder, mochila = place
    for which in ["authority", "signing", "encryption"]:
        shown = mochila("keys", "export", which, "--at", folder)
        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.startswith("-----BEGIN CERTIFICATE-----")
        # Two of them can be put into one file as they are.
        assert shown.stdout.endswith("-----END CERTIFICATE-----\n")
        assert "PRIVATE" not in shown.stdout
        assert "fingerprint" in shown.stderr
    assert mochila("keys", "export", "master", "--at", folder).returncode != 0


def test_a_folder_of_keys_is_made_without_a_server(place, tmp_path):
    _, mochila = place
    made = mochila("keys", "init", tmp_path / "alone", "--organization", "Elm District")
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.split()[-1]) == 64
    assert mochila("keys", "init", tmp_path / "alone").returncode != 0


def test_a_schools_own_key_is_issued_rotated_and_revoked(place):
    folder, mochila = place
    school = "school:484496008851"
    listed = lambda: [line for line in mochila("keys", "list", "--at", folder).stdout.splitlines()
                      if "onBehalf signing" in line]
    nowhere = mochila("keys", "rotate", school, "--at", folder)
    assert nowhere.returncode != 0 and "mochila directory import" in nowhere.stderr
    filled = mochila("directory", "import", "--at", folder)
    assert filled.returncode == 0, filled.stderr
    early = mochila("keys", "rotate", school, "--at", folder)
    assert early.returncode != 0 and f"keys issue {school}" in early.stderr
    assert not listed()
    made = mochila("keys", "issue", school, "--at", folder)
    assert made.returncode == 0, made.stderr
    old = listed()[0].split()[0]
    assert "school-certificate" in mochila("doctor", "--at", folder).stdout
    turned = mochila("keys", "rotate", school, "--at", folder)
    assert turned.returncode == 0, turned.stderr
    states = {line.split()[0]: line.split()[-1] for line in listed()}
    fresh = next(key for key in states if key != old)
    assert states == {old: "retired", fresh: "current"} and fresh in turned.stdout
    # Both lead to the authority, and the exported one is the new one.
    schools = folder / "keys/schools"
    for name in ("484496008851.pem", "484496008851-old-1.pem"):
        verified = subprocess.run(["openssl", "verify", "-CAfile", folder / "keys/ca.pem",
                                   schools / name], capture_output=True, text=True)
        assert verified.returncode == 0, verified.stderr
    assert not (schools / "484496008851-old-1.key").exists()
    shown = mochila("keys", "export", school, "--at", folder)
    assert shown.stdout.strip() == (schools / "484496008851.pem").read_text().strip()
    # Once more after the current one was revoked: it stays that.
    assert mochila("keys", "revoke", fresh, "--since", "2026-01-01", "--at", folder).returncode == 0
    again = mochila("keys", "rotate", school, "--at", folder)
    assert again.returncode == 0, again.stderr
    assert sorted("REVOKED" in line for line in listed()) == [False, False, True]
    assert mochila("keys", "rotate", "school:000", "--at", folder).returncode != 0
