"""Fixtures: the built program, a browser, and pages at every width, language and script setting."""
import os, pathlib, shutil, pytest
from playwright.sync_api import sync_playwright
from harness import browser as kit
from harness.browser import Judged
from harness.person import Person
from harness.processes import ROOT, Gateway, Peer

PROGRAM = pathlib.Path(os.environ.get("MOCHILA_PROGRAM", ROOT / ".build/debug/mochila"))


# The files that take longest, so that no worker is left alone with one of them in the end.
LONGEST = ["test_kills.py", "test_pages.py", "test_installation.py", "test_mail_in.py",
           "test_interface.py", "test_locator.py", "test_summer.py", "test_sftp.py", "test_answers.py",
           "test_record.py", "test_lifecycle.py", "test_walk.py", "test_webhooks.py",
           "test_https_push.py", "test_slow_clients.py", "test_couriers.py"]


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: ([*LONGEST, item.path.name]).index(item.path.name))
    # Deep tests are chosen by `-m deep`; without a choice the fast suite leaves them out.
    if config.getoption("-m"):
        return
    kept = [item for item in items if "deep" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_terminal_summary(terminalreporter):
    # What tests measured, whichever process they ran in.
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(value)


@pytest.fixture(scope="session")
def program() -> pathlib.Path:
    if not PROGRAM.exists():
        pytest.fail(f"{PROGRAM} is missing: run swift build (script/test does)")
    return PROGRAM


@pytest.fixture(scope="session")
def chromium():
    if not os.path.exists(kit.CHROMIUM):
        pytest.fail(f"{kit.CHROMIUM} is missing: run script/bootstrap")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=kit.CHROMIUM, args=kit.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def planted(program, tmp_path_factory):
    """A demonstration's data before anything happened: planted once, copied for each gateway."""
    gateway = Gateway(program, tmp_path_factory.mktemp("planted") / "data")
    gateway.start()
    gateway.stop()
    return gateway.data


@pytest.fixture(scope="module")
def gateway(program, planted, tmp_path_factory):
    """The demonstration, started once for the tests of a file."""
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(planted, data)
    with Gateway(program, data) as gateway:
        yield gateway


@pytest.fixture
def own_gateways():
    """A test's own demonstrations: stopped after everybody who looked at them is gone."""
    made = []
    yield made
    for gateway in made:
        gateway.stop()


@pytest.fixture
def fresh_gateway(program, planted, tmp_path, own_gateways):
    """Makes demonstrations of a test's own, with arguments; not started yet."""
    def make(*arguments):
        data = tmp_path / f"data{len(own_gateways)}"
        shutil.copytree(planted, data)
        own_gateways.append(Gateway(program, data, *arguments))
        return own_gateways[-1]
    return make


@pytest.fixture(scope="session", autouse=True)
def judged(tmp_path_factory):
    """What is known of pages in this run and in no other; its workers' folders lie side by side."""
    base = tmp_path_factory.getbasetemp()
    Person.judged = Judged((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "judged")


@pytest.fixture
def people(chromium, own_gateways):
    """Makes people: each has a browser of their own, and nothing may have gone wrong in it."""
    import contextlib
    with contextlib.ExitStack() as stack:
        made = []

        def make(base, **settings):
            check = settings.pop("check", True)
            page, faults = stack.enter_context(kit.open_page(chromium, **settings))
            person = Person(page, faults, base, js=settings.get("js", True), check=check,
                            language=settings.get("language", "en"))
            made.append(person)
            return person
        yield make
        for person in made:
            person.nothing_went_wrong()


@pytest.fixture
def sshd():
    with Peer("sshd_peer.py") as peer:
        yield peer


@pytest.fixture
def smtp():
    with Peer("smtp_peer.py") as peer:
        yield peer
