"""The bundle tools alone, without a server."""
import subprocess
from samples import pdf


def test_what_the_command_line_seals_it_opens_and_verifies(program, tmp_path):
    def mochila(*arguments):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)

    keys = tmp_path / "gateway" / "keys"
    made = mochila("init", tmp_path / "gateway", "--address", "https://records.oak.example")
    assert made.returncode == 0, made.stderr
    file = pdf(tmp_path / "transcript.pdf")
    sealed = tmp_path / "x.cms"
    seal = ["seal", file, "--to", keys / "encryption.pem", "--request", "RQ-00000-00000",
            "--out", sealed, "--cert", keys / "signing.pem", "--key", keys / "signing.key",
            "--from", "school:484496008851", "--from-name", "Weslaco East High School",
            "--recipient", "school:531011001689", "--recipient-name", "Davis High School",
            "--certified-by", "Ana Treviño"]
    outcome = mochila(*seal)
    assert outcome.returncode == 0, outcome.stderr
    assert mochila(*seal).returncode != 0, "an existing bundle was overwritten"

    opened = mochila("open", sealed, "--key", keys / "encryption.key",
                     "--cert", keys / "encryption.pem", "--ca", keys / "ca.pem",
                     "--into", tmp_path / "out")
    assert opened.returncode == 0, opened.stderr
    assert (tmp_path / "out" / "files" / "transcript.pdf").read_bytes() == file.read_bytes()
    assert mochila("verify", tmp_path / "out", "--ca", keys / "ca.pem").returncode == 0
    (tmp_path / "out" / "files" / "transcript.pdf").write_bytes(b"%PDF-1.4 another")
    assert mochila("verify", tmp_path / "out", "--ca", keys / "ca.pem").returncode == 65
