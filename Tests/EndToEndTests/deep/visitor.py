"""Somebody who speaks HTTP without a browser: quick enough for a thousand answers.

Follows the forms of the pages, so it sends what a browser without scripts would send.
"""
import contextlib, dataclasses, html, html.parser, http.client, os, re, threading, urllib.parse

PASSWORD = "mochila-demonstration"
ROSA = "rosa.delgado@davis-high.example"
GRACE = "grace.nakamura@watsonville-high.example"
AUDITOR = "theo.abara@mochila.example"
WESLACO, IMMOKALEE = "484496008851", "120033000355"


class _Fields(html.parser.HTMLParser):
    """The forms of a page: for each its action and what it would send as it stands."""

    def __init__(self):
        super().__init__()
        self.forms, self.current = [], None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.current = (found.get("action", ""), {})
            self.forms.append(self.current)
        elif tag == "input" and self.current and "name" in found:
            kind = found.get("type", "text")
            if kind not in ("radio", "checkbox", "file") or "checked" in found:
                self.current[1][found["name"]] = found.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.current = None


@dataclasses.dataclass(frozen=True)
class Page:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        """What can be read, without the marks."""
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", self.text)))

    @property
    def goes_to(self) -> str:
        return self.headers.get("location", "")

    def form(self, action: str) -> dict:
        """What the form with that end of its action would send."""
        parser = _Fields()
        parser.feed(self.text)
        for found, fields in parser.forms:
            if found.endswith(action):
                return dict(fields)
        raise AssertionError(f"no form for {action}: {self.status} {self.words[:300]}")


class Visitor:
    """Keeps cookies, not connections: the server under test may be another one the next moment."""

    def __init__(self, gateway, source: str | None = None):
        self.gateway, self.source, self.cookies = gateway, source, {}

    def connection(self, timeout: float = 30) -> http.client.HTTPConnection:
        source = (self.source, 0) if self.source else None
        return http.client.HTTPConnection("127.0.0.1", self.gateway.port, timeout=timeout,
                                          source_address=source)

    def headers(self) -> dict:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Host": f"localhost:{self.gateway.port}", **({"Cookie": cookie} if cookie else {})}

    def ask(self, method: str, path: str, body=None, patience: float = 30, **headers) -> Page:
        with contextlib.closing(self.connection(patience)) as line:
            line.request(method, path, body, {**self.headers(), **headers})
            answer = line.getresponse()
            return self.read(answer, answer.read())

    def read(self, answer, body: bytes) -> Page:
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Page(answer.status, {k.lower(): v for k, v in answer.getheaders()}, body)

    def get(self, path: str, expecting: int = 200) -> Page:
        page = self.ask("GET", path)
        assert page.status == expecting, f"GET {path}: {page.status} {page.words[:300]}"
        return page

    def post(self, path: str, fields: dict, expecting: int = 303, patience: float = 30) -> Page:
        page = self.ask("POST", path, urllib.parse.urlencode(fields, doseq=True), patience,
                        **{"Content-Type": "application/x-www-form-urlencoded"})
        assert page.status == expecting, f"POST {path}: {page.status} {page.words[:300]}"
        return page

    def submit(self, page: Page, action: str, expecting: int = 303, **fields) -> Page:
        return self.post(action, {**page.form(action), **fields}, expecting)

    # What people do

    def sign_in(self, email: str):
        page = self.submit(self.get("/sign-in"), "/sign-in", email=email, password=PASSWORD)
        page = self.get(page.goes_to)
        code = re.search(r"<code>(\d{6})</code>|\b(\d{6})\b", page.text)
        assert code, "the demonstration shows no code: " + page.words[:300]
        page = self.submit(page, "/sign-in/code", oneTimeCode=code[1] or code[2])
        assert page.goes_to == "/home", page.goes_to
        return self

    def file_request(self, given: str, paternal: str, maternal: str = "", born=(3, 14, 2009),
                     school: str = WESLACO, grade: str = "") -> str:
        """Gives back the request's number."""
        home = self.get("/requests")
        draft = self.submit(home, "/requests/new").goes_to.split("/")[2]
        base = f"/drafts/{draft}"
        page = self.get(f"{base}/student")
        student = dict(given=given, paternalSurname=paternal, maternalSurname=maternal,
                       birthMonth=born[0], birthDay=born[1], birthYear=born[2], grade=grade,
                       purpose="enrolling")
        fields = {**page.form(f"{base}/student"), **student}
        place = self.get(self.post(f"{base}/student", fields).goes_to)
        token = place.form(f"{base}/discard") if f"{base}/discard" in place.text else fields
        csrf = token["csrf"]
        self.post(f"{base}/place", {"csrf": csrf, "place": school})
        self.post(f"{base}/purpose", {"csrf": csrf, "uses": ["E"]})
        sent = self.post(f"{base}/send", {"csrf": csrf}).goes_to
        return re.search(r"RQ-[0-9A-Z-]+", sent)[0]

    def open_link(self, link: str, code: str) -> str:
        """Gives back `/answer/…`, where the inquiry is answered."""
        path = urllib.parse.urlsplit(link).path
        page = self.submit(self.get(path), path, linkCode=code)
        return page.goes_to.removesuffix("/records")

    def send_records(self, base: str, files: list, name: str, complete: bool = False,
                     csrf: str | None = None) -> Page:
        """Answers with files, each a pair of name and bytes; any status comes back."""
        if csrf is None:
            csrf = self.get(f"{base}/records").form(f"{base}/records")["csrf"]
        body, kind = multipart(
            [("csrf", csrf)],
            [("files", *file) for file in files],
            [("complete", "yes" if complete else "no"), ("name", name), ("title", "Clerk")])
        return self.ask("POST", f"{base}/records", body, **{"Content-Type": kind})


def multipart(before, files, after):
    """The body of a form with files, and its media type; fields around the files as on the page."""
    boundary = "----mochila" + os.urandom(12).hex()
    parts = []

    def field(name, value):
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
                     f"{value}\r\n".encode())
    for pair in before:
        field(*pair)
    for name, file_name, content in files:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
                     f'filename="{file_name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
                     .encode() + content + b"\r\n")
    for pair in after:
        field(*pair)
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def pdf(seed: int, size: int) -> bytes:
    """Bytes that pass for a PDF, different for every seed."""
    import random
    head = b"%PDF-1.7\n%" + str(seed).encode() + b"\n"
    return head + random.Random(seed).randbytes(max(0, size - len(head)))


def letter_for(mailbox, number: str, to: str = ""):
    """The newest mail about a request that has a link and a code."""
    from harness.processes import wait_for

    def found():
        mails = [m for m in mailbox.all() if number in m.text + m.subject and m.code and to in m.to]
        return mails[-1] if mails else None
    return wait_for(found, 30, f"a mail with a link about {number}")


def answer_link(mail) -> str:
    return next(link for link in mail.links if "/r/" in link)
