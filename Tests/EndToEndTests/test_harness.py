"""The harness itself: a check that cannot fail proves nothing."""
import http.server, socket, threading
import pytest
from harness.browser import PHONE, Judged, accessibility_faults, overflow, small_targets
from harness.person import CannotGoOn

PAGES = {
    "/good": "<h1>Good</h1><p>Read me.</p><form><label>First name <input name=a></label>"
             "<button>Send</button></form>",
    "/outside": "<h1>Outside</h1><img alt='' src='https://cdn.example/x.png'>",
    "/unlabelled": "<h1>Unlabelled</h1><form><input name=a></form>",
    "/wide": "<h1>Wide</h1><div style='width:2000px'>wide</div>",
    "/twice": "<h1>Twice</h1><button>Send</button><button>Send</button>",
    "/script": "<h1>Script</h1><script>throw new Error('broken')</script>",
    # Loads something on its own account after it was read, as a browser loads a page's icon.
    "/late": "<h1>Late</h1><script>addEventListener('load', () => setTimeout(() => "
             "{ new Image().src = '/held' }))</script>",
    "/small": "<h1>Small</h1><button style='width:10px;height:10px;padding:0'>x</button>",
    "/missing": "<h1>Missing</h1><link rel=stylesheet href=/nowhere.css>",
}


asked, cut = threading.Event(), threading.Event()


@pytest.fixture(scope="module")
def site():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/held":
                # Kept waiting until the test says so, then cut off as by a server that is killed.
                asked.set()
                cut.wait(60)
                return self.connection.shutdown(socket.SHUT_RDWR)
            body = PAGES.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            page = f"<!doctype html><html lang=en><title>t</title><main>{body or ''}</main></html>"
            self.wfile.write(page.encode())

        def log_message(self, *_):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_person_reads_and_fills(people, site, js, width):
    person = people(site, js=js, width=width)
    person.go("/good")
    person.sees_heading("Good")
    person.sees("Read me.")
    person.fill("First name", "María")
    with pytest.raises(CannotGoOn, match="no field labelled"):
        person.fill("Last name", "x")


@pytest.mark.parametrize("path, fault", [
    ("/outside", "is outside"), ("/script", "broken"), ("/missing", "answered 404")])
def test_what_a_page_does_wrong_is_noticed(people, site, path, fault):
    person = people(site)
    person.go(path)
    with pytest.raises(AssertionError, match=fault):
        person.nothing_went_wrong()
    person.faults.seen.clear()


@pytest.mark.parametrize("away", [False, True])
def test_what_is_cut_counts_only_where_somebody_still_looks(people, site, away):
    asked.clear()
    cut.clear()
    person = people(site)
    person.go("/late")
    assert asked.wait(60), "the page did not ask for more"
    with person.page.expect_event("requestfailed"):
        person.looks_away() if away else cut.set()
    cut.set()
    if not away:
        with pytest.raises(AssertionError, match="/held failed"):
            person.nothing_went_wrong()
        person.faults.seen.clear()


def test_a_page_that_shuts_people_out_is_noticed(people, site):
    person = people(site, width=PHONE)
    with pytest.raises(CannotGoOn, match="not accessible: label"):
        person.go("/unlabelled")
    with pytest.raises(CannotGoOn, match="wider than the window"):
        person.go("/wide")
    unchecked = people(site, check=False)
    unchecked.go("/good")
    assert not accessibility_faults(unchecked.page) and not overflow(unchecked.page)
    unchecked.go("/small")
    assert len(small_targets(unchecked.page)) == 1


def test_a_page_built_alike_is_judged_once_and_a_bad_one_each_time(people, site, tmp_path):
    person = people(site, check=False)
    judged, page = Judged(tmp_path / "judged"), person.page
    marks = lambda: len(list((tmp_path / "judged").iterdir()))
    person.go("/good")
    assert not judged.faults(page) and marks() == 1
    # Other words, and what somebody typed, make no other page.
    page.evaluate("document.querySelector('p').textContent = 'Something else.'")
    person.fill("First name", "María")
    assert not judged.faults(page) and marks() == 1
    # A third neighbour built alike is one more of the same; a second is not.
    for known in (2, 2):
        page.evaluate("document.querySelector('p').after("
                      "document.querySelector('p').cloneNode(true))")
        assert not judged.faults(page) and marks() == known
    for change in ("document.querySelector('label').firstChild.data = ' '",
                   "document.querySelector('input').setAttribute('aria-hidden', 'true')",
                   "document.querySelector('p').setAttribute('style', 'color: #eee')",
                   "document.querySelector('h1').remove()"):
        person.go("/good")
        page.evaluate(change)
        assert judged.faults(page) and judged.faults(page) and marks() == 2
    page.set_viewport_size({"width": 390, "height": 844})
    person.go("/good")
    assert not judged.faults(page) and marks() == 3


def test_what_cannot_be_told_apart_is_not_pressed(people, site):
    person = people(site)
    person.go("/twice")
    with pytest.raises(CannotGoOn, match="cannot tell them apart"):
        person.press("Send")


def test_the_peers_are_there(sshd, smtp):
    assert sshd["port"] and sshd["host_key"].startswith("ssh-ed25519 ")
    assert smtp["port"] and smtp["authority"]
