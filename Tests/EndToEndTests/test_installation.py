"""A real installation: TLS, a mail server that asks for a sign-in, and people who are invited."""
import base64, hashlib, hmac, http.client, json, pathlib, re, shutil, ssl, struct, subprocess, time
import pytest
from harness.mail import Mailbox
from harness.processes import ROOT, Peer, end_with_us, free_port, wait_for


class Installation:
    """What `mochila init` makes, with its configuration filled in, and the program that runs it."""

    def __init__(self, program, folder, smtp):
        self.program, self.folder = str(program), pathlib.Path(folder)
        self.port = free_port()
        self.url = f"https://localhost:{self.port}"
        self.process = None
        made = self.run("init", str(self.folder), "--address", self.url, "--organization",
                        "Ayuda Department of Education", "--self-signed-tls")
        assert made.returncode == 0, made.stderr
        password = self.folder / "keys/mail-password"
        password.write_text(smtp["password"] + "\n")
        password.chmod(0o600)
        shutil.copy(smtp["authority"], self.folder / "keys/mail-ca.pem")
        self.configure(smtp["port"], smtp["user"])

    def configure(self, mail_port, user):
        (self.folder / "mochila.yaml").write_text(f"""
base_address: {self.url}
listen:
  host: 127.0.0.1
  port: {self.port}
mail:
  host: localhost
  port: {mail_port}
  security: starttls
  user: {user}
  password_file: keys/mail-password
  ca_file: keys/mail-ca.pem
  from_name: Ayuda records
  from_address: records@ayuda.example
""")
        (self.folder / "mochila.yaml").chmod(0o600)

    def run(self, *arguments, seconds=120):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=seconds)

    def at(self, *words):
        return self.run(*words, "--at", str(self.folder))

    def start(self):
        self.log = open(self.folder.parent / "serve.log", "ab")
        self.process = subprocess.Popen([self.program, "serve", "--at", str(self.folder)],
                                        stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, preexec_fn=end_with_us)
        wait_for(self._answers, 60, "the first page over TLS")

    def _answers(self):
        assert self.process.poll() is None, (self.folder.parent / "serve.log").read_text()
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            connection = http.client.HTTPSConnection("localhost", self.port, context=context,
                                                     timeout=5)
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except OSError:
            return False

    def stop(self):
        if self.process:
            self.process.terminate()
            assert self.process.wait(30) in (0, -15)
            self.process = None


def one_time_code(secret, at=None):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int((at or time.time()) // 30)
    mark = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mark[-1] & 15
    return f"{(struct.unpack('>I', mark[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture(scope="module")
def smtp_server():
    with Peer("smtp_peer.py") as peer:
        yield peer


@pytest.fixture(scope="module")
def installation(program, smtp_server, tmp_path_factory):
    made = Installation(program, tmp_path_factory.mktemp("real") / "mochila", smtp_server)
    imported = made.at("directory", "import")
    assert imported.returncode == 0, imported.stderr
    yield made
    made.stop()


def test_everything_is_set_up_and_the_doctor_finds_no_fault(installation):
    done = installation.at("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "correct horse" not in done.stdout


def test_an_unknown_key_is_an_error_and_all_are_named(installation):
    config = installation.folder / "mochila.yaml"
    good = config.read_text()
    try:
        config.write_text(good.replace(f"  port: {installation.port}", "  prot: 1")
                          + "colour: blue\n")
        done = installation.at("serve", "--check-config")
        assert done.returncode != 0
        assert "colour" in done.stdout + done.stderr and "prot" in done.stdout + done.stderr
    finally:
        config.write_text(good)


def test_a_person_is_invited_by_mail_and_signs_in_with_an_app(
        people, installation, smtp_server):
    installation.start()
    invited = installation.at("user", "invite", "--email", "rosa.delgado@davis-high.example",
                              "--name", "Rosa Delgado", "--title", "Registrar", "--role",
                              "registrar", "--organization", "school:531011001689")
    assert invited.returncode == 0, invited.stderr
    mail = Mailbox(smtp_server["messages"]).wait(to="rosa.delgado@", seconds=60)
    link = mail.links[0]
    assert link.startswith(installation.url)
    envelope = sorted(pathlib.Path(smtp_server["messages"]).glob("*.json"))[-1].read_text()
    assert '"encrypted": true' in envelope and '"signedIn": true' in envelope

    rosa = people(installation.url, ignore_tls=True)
    words = rosa.words
    rosa.go(link)
    rosa.sees_heading(words("invitation.title"))
    rosa.fill(words("field.password.label"), "password")
    rosa.fill(words("field.passwordAgain.label"), "password")
    rosa.press(words("form.continue"))
    assert rosa.page.get_by_role("alert").count() == 1
    password = "orchard window seventeen lanterns"
    rosa.fill(words("field.password.label"), password)
    rosa.fill(words("field.passwordAgain.label"), password)
    rosa.press(words("form.continue"))
    if rosa.page.locator("#email").count():
        rosa.fill(words("field.email.label"), "rosa.delgado@davis-high.example")
        rosa.fill(words("field.password.label"), password)
        rosa.press(words("signIn.button"))
    rosa.sees_heading(words("setUp.title"))
    secret = re.search(r"\b((?:[A-Z2-7]{4} ?){4,})\b", rosa.text())[1].replace(" ", "")
    rosa.fill(words("field.oneTimeCode.label"), one_time_code(secret))
    rosa.press(words("form.continue"))
    rosa.sees_heading("~" + words("home.greeting", name="Rosa Delgado"))
    assert rosa.page.locator(".demo").count() == 0
    names = {cookie["name"] for cookie in rosa.page.context.cookies() if cookie["secure"]}
    assert any(name.startswith("__Host-") for name in names), names
    again = people(installation.url, ignore_tls=True)
    again.go(link)
    assert again.page.get_by_label(words("field.password.label"), exact=True).count() == 0


def test_mail_waits_while_its_server_is_down_and_leaves_when_it_is_back(
        installation, smtp_server):
    if installation.process is None:
        installation.start()
    installation.stop()
    silent = free_port()
    config = (installation.folder / "mochila.yaml")
    good = config.read_text()
    installation.configure(silent, smtp_server["user"])
    installation.start()
    invited = installation.at("user", "invite", "--email", "miguel.ochoa@davis-high.example",
                              "--name", "Miguel Ochoa", "--role", "counselor",
                              "--organization", "school:531011001689")
    assert invited.returncode == 0, invited.stderr
    fault = installation.at("doctor")
    assert fault.returncode != 0 and "mail" in (fault.stdout + fault.stderr).lower()
    installation.stop()
    config.write_text(good)
    installation.start()
    mail = Mailbox(smtp_server["messages"]).wait(to="miguel.ochoa@", seconds=90)
    assert mail.links
    assert sum(m.to.startswith("miguel.ochoa@")
               for m in Mailbox(smtp_server["messages"]).all()) == 1


WESLACO = "484496008851"
ENTRIES = ("entry_id,last_name1,last_name2,first_name,middle_name,generation,gender,birth_date,birth_city,birth_state,"
           "birth_country,parent1_last,parent1_first,parent2_last,parent2_first,state_student_id,enroll_date,"
           "withdraw_date,school_id\n"
           f"1,QUINTANILLA,BARRERA,PERLA,,,F,2011-10-03,,,,,,,,,2025-08-18,2026-04-10,{WESLACO}\n"
           f"2,BARRERA,,JUAN,CARLOS,,M,2010-11-02,,,,,,,,,2025-08-18,,{WESLACO}\n")


@pytest.fixture(scope="module")
def filled(installation, tmp_path_factory):
    """The installation with two entries in its locator."""
    file = tmp_path_factory.mktemp("feed") / "entries.csv"
    file.write_text(ENTRIES)
    for words in (("system", "--name", "texas-plain", "--owner", "state:TX", "--mapping", str(ROOT / "Templates/feeds/plain.yaml")),
                  ("feed", "--source", "texas-plain", "--changes", str(file))):
        done = installation.at("locator", *words)
        assert done.returncode == 0, done.stdout + done.stderr
    return installation


def test_one_question_to_the_locator_is_answered_at_the_terminal(filled):
    asked = ("locate", "--name", "Barrera Quintanilla, Perla", "--born", "2011-10-03")
    done = filled.at(*asked)
    assert done.returncode == 0, done.stderr
    for words in ("Asked for: enrolling", "1. certain: PERLA QUINTANILLA BARRERA, born 2011-10-03", "same birth date",
                  "both surnames, in the other order", "Weslaco East High School", "2025-08-18 to 2026-04-10"):
        assert words in done.stdout
    answer = json.loads(filled.at(*asked, "--json", "--purpose", "safety").stdout)
    assert (answer["grade"], answer["purpose"], answer["keepsBack"]) == ("certain", "safety", False)
    person, = answer["people"]
    assert {"sameBirthDate", "sameGivenName", "surnamesExchanged"} <= set(person["reasons"])
    assert [place["school"] for place in person["places"]] == [WESLACO]
    nobody = filled.at("locate", "--name", "Zoila Cienfuegos", "--born", "2011-10-03", "--json")
    assert json.loads(nobody.stdout)["people"] == [] and json.loads(nobody.stdout)["grade"] == "none"


@pytest.mark.parametrize("arguments, said", [
    (["--name", "Perla"], ["a surname is missing", "--born is missing"]),
    (["--born", "2199-01-01", "--name", "A" * 500, "--purpose", "curious"],
     ["longer than 200 bytes", "a surname is missing", "in the future", "enrolling, placing, serving, safety"]),
    (["--name", "Perla Quintanilla", "--born", "2011-02-30"], ["no such day"]),
    (["--name", "P\u0435rla Quintanilla", "--born", "2011-10-03"], ["two alphabets"]),
])
def test_everything_wrong_with_a_question_is_said_at_once(installation, arguments, said):
    done = installation.at("locate", *arguments)
    assert done.returncode != 0 and done.stdout == ""
    assert [words for words in said if words not in done.stderr] == []
    assert "Quintanilla" not in done.stderr


@pytest.mark.parametrize("word", ["protect", "unprotect"])
@pytest.mark.parametrize("arguments, said", [
    ([], "either --request or --student"),
    (["--request", "RQ-00000-00000", "--student", "SR-00000-0000"], "either --request or --student"),
    (["--request", "12"], "12: not a request number"),
    (["--student", "SR-U0000-00000"], "not a student record number"),
    (["--request", "RQ-00000-00000"], "RQ-00000-00000: nothing on file has this number. Nothing was changed."),
])
def test_whom_to_hide_is_said_by_one_number_that_is_on_file(filled, word, arguments, said):
    done = filled.at("locator", word, *arguments)
    assert done.returncode != 0 and done.stdout == "" and said in done.stderr
    found = filled.at("locate", "--name", "Barrera Quintanilla, Perla", "--born", "2011-10-03", "--json")
    assert json.loads(found.stdout)["grade"] == "certain"


def test_where_nobody_was_concealed_before_there_is_nobody_to_hide(filled):
    done = filled.at("locator", "guard-concealed")
    assert done.returncode == 0 and done.stdout == "Hidden: children 0, entries 0.\n", done.stderr


def test_a_question_and_files_do_not_mix(installation, tmp_path):
    done = installation.at("locate", "--name", "Perla Quintanilla", "--index", str(tmp_path / "students.csv"))
    assert done.returncode != 0 and "--index" in done.stderr
    done = installation.at("locate", "--index", str(tmp_path / "students.csv"))
    assert done.returncode != 0 and "--queries, --results" in done.stderr


def test_all_that_is_data_about_a_state_comes_from_a_file_and_goes_into_one(installation, tmp_path):
    sample = str(ROOT / "Templates/states/example.yaml")
    nothing = installation.at("state", "export", "WA").stdout
    tried = installation.at("state", "import", "--dry-run", sample)
    assert tried.returncode == 0, tried.stderr
    assert "+ acceptance:" in tried.stdout and "Nothing was changed." in tried.stdout
    assert installation.at("state", "export", "WA").stdout == nothing

    taken = installation.at("state", "import", sample)
    assert taken.returncode == 0 and "waiting inquiries" in taken.stdout, taken.stderr
    exported = installation.at("state", "export", "WA", "TX").stdout
    assert "clearinghouse@ayuda.example" in exported and exported.count("state: ") == 2
    again = tmp_path / "again.yaml"
    again.write_text(exported)
    for file in (sample, str(again)):
        done = installation.at("state", "import", file)
        assert done.returncode == 0 and set(done.stdout.split(": ", 1)[1].split("\n")[0:1]) == {"as it was."}
        assert "waiting inquiries" not in done.stdout


def test_a_state_s_file_with_anything_wrong_changes_nothing_and_all_of_it_is_said(
        installation, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("state: TX\nphase: 4\nlimit: 3\n---\nstate: Texas\nphase: 1\n"
                     "ladder: {remindAfter: 0}\n")
    before = installation.at("state", "export", "TX").stdout
    done = installation.at("state", "import", str(wrong))
    assert done.returncode != 0 and "nothing was changed" in done.stderr
    for words in ("line 2: phase: 1, 2 or 3", "line 3: limit: there is no such key",
                  "line 5: state: not the two letters", "line 7: ladder.remindAfter: a number from"):
        assert words in done.stderr, done.stderr
    assert installation.at("state", "export", "TX").stdout == before
    unknown = installation.at("state", "export", "GU", "XX")
    assert unknown.returncode != 0 and "XX: not the two letters of a state" in unknown.stderr
