"""A page in headless Chromium, and what it did wrong while it was open.

Adapted from the project's browser kit (Apache-2.0). axe-core (MPL-2.0) is taken from the
axe-playwright-python package. Nothing is fetched from outside: a request that leaves the loopback
is blocked and counts as a fault, so a page that asks for a font or a script elsewhere fails by
itself.
"""
import contextlib, hashlib, importlib.util, os, pathlib, urllib.parse

# The shell without a window manager's half of a browser: a third less work for the same pages.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
             "--disable-background-networking", "--disable-component-update", "--no-first-run"]
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
PHONE, DESK = 390, 1280
# WCAG 2.1 AA is what ADA Title II asks of public bodies; Section 508 refers to 2.0 AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "section508",
         "best-practice"]
LOCALES = {"en": "en-US", "es": "es-US"}


class Faults:
    """What a page did that no page of ours may do."""

    def __init__(self):
        self.seen = []

    def watch(self, page):
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"script: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _console(self, message):
        # A failed load comes again through _response, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")

    def _response(self, response):
        # A 4xx page is an answer (422 shows a form's errors); a 4xx style sheet or any 5xx is not.
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind != "document"):
            self.seen.append(f"{response.url} answered {response.status}")

    def _failed(self, request):
        if "ERR_ABORTED" not in (request.failure or "") and not any(
                request.url in fault for fault in self.seen):
            self.seen.append(f"{request.url} failed: {request.failure}")

    def gate(self, route):
        address = urllib.parse.urlsplit(route.request.url)
        if address.scheme in ("data", "blob", "about") or address.hostname in LOOPBACK:
            return route.continue_()
        self.seen.append(f"{route.request.url} is outside")
        return route.abort()


@contextlib.contextmanager
def open_page(browser, width=DESK, js=True, language="en", dark=False, timeout_ms=10_000,
              ignore_tls=False):
    """A page in a fresh context; yields (page, faults)."""
    phone = width <= 480
    faults = Faults()
    context = browser.new_context(
        viewport={"width": width, "height": 844 if phone else 900}, java_script_enabled=js,
        locale=LOCALES[language], color_scheme="dark" if dark else "light",
        is_mobile=phone, has_touch=phone, device_scale_factor=2 if phone else 1,
        ignore_https_errors=ignore_tls, timezone_id="America/Chicago", accept_downloads=True,
        reduced_motion="reduce")
    context.set_default_timeout(timeout_ms)
    context.route("**/*", faults.gate)
    page = context.new_page()
    faults.watch(page)
    try:
        yield page, faults
    finally:
        context.close()


def axe_source() -> str:
    found = importlib.util.find_spec("axe_playwright_python")
    path = found and pathlib.Path(found.origin).parent / "axe.min.js"
    if not path or not path.exists():
        raise RuntimeError("axe.min.js is missing: run script/bootstrap")
    return path.read_text()


def accessibility_faults(page) -> list[str]:
    """Violations of the rules, of any impact; it runs beside the page's own scripts, which a
    strict content security policy does not stop."""
    page.evaluate(axe_source() + "\n;0")
    result = page.evaluate(
        "async rules => await axe.run(document, {resultTypes: ['violations'],"
        " runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{v['id']} ({v['impact']}): {v['help']}, at {v['nodes'][0]['target']}"
            for v in result["violations"]]


# What a page is made of, without what its sentences say: of two pages with the same build and look
# axe-core says the same. Where something leads and what was typed is left out, whether a text is
# there at all is not. Of neighbours built alike, such as rows, two stand for all.
BUILD = """() => {
  const said = new Set(['href', 'action', 'value', 'src', 'content', 'datetime', 'aria-label',
                        'title', 'alt', 'placeholder', 'min', 'max']);
  const build = node => {
    if (node.nodeType == Node.TEXT_NODE) return node.data.trim() ? 'text' : '';
    if (node.nodeType != Node.ELEMENT_NODE) return '';
    const parts = ['<' + node.localName];
    for (const {name, value} of [...node.attributes].sort((a, b) => a.name < b.name ? -1 : 1)) {
      const left = node.localName != 'link' && (said.has(name) || name.startsWith('data-'));
      parts.push(name + '=' + (left ? Boolean(value.trim()) : value));
    }
    const inside = [...node.childNodes].map(build).filter(Boolean);
    parts.push(...inside.filter((one, at) => one != inside[at - 1] || one != inside[at - 2]));
    return parts.join(' ') + ' >';
  };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return [innerWidth, dark, document.compatMode, build(document.documentElement)].join(' ');
}"""


class Judged:
    """Which builds of a page axe-core found nothing wrong with in this run, by all its workers.

    To judge a page takes longer than everything else that a test does on it.
    """

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def faults(self, page) -> list[str]:
        """As `accessibility_faults`, which is asked where no such page was good before."""
        mark = self.folder / hashlib.sha256(page.evaluate(BUILD).encode()).hexdigest()
        if mark.exists():
            return []
        found = accessibility_faults(page)
        if not found:
            mark.touch()
        return found


def overflow(page) -> int:
    """Pixels that the page is wider than its window: sideways scrolling (WCAG 1.4.10).

    By the layout's width: a phone's window grows with what does not fit into it.
    """
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth"
                         " - document.documentElement.clientWidth)")


def small_targets(page, pixels=24) -> list[str]:
    """Controls smaller than that which are not links in running text (WCAG 2.5.8)."""
    return page.evaluate("""pixels => [...document.querySelectorAll(
        'a[href],button,input:not([type=hidden]),select,textarea,summary')]
      .filter(e => {
        const r = e.getBoundingClientRect(), s = getComputedStyle(e);
        if (!r.width || s.visibility == 'hidden') return false;
        if ((e.type == 'checkbox' || e.type == 'radio') && e.labels && e.labels.length
            && e.labels[0].getBoundingClientRect().height >= pixels) return false;
        if (e.tagName == 'A' && s.display == 'inline' && e.closest('p,li,td,th,dd,dt,nav'))
          return false;
        return r.width < pixels || r.height < pixels;
      }).map(e => e.tagName.toLowerCase() + ' '
        + (e.getAttribute('aria-label') || e.innerText || e.name || '').trim().slice(0, 40))""",
        pixels)
