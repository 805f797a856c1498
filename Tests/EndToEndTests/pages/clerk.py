"""Pages of whoever answers by the link in a mail, without an account."""
import re, urllib.request
from pages.words import Words


def the_mail(person, number, to="", subject=""):
    """Opens the newest mail about a request at /demo/mail, as its reader would."""
    # A subject names schools too: the requester's own mail about Weslaco is not one to Weslaco.
    receiver = person.page.locator("td:nth-child(2)").filter(has_text=to)
    rows = person.page.get_by_role("row").filter(has_text=number).filter(has=receiver)
    for _ in range(80):
        person.page.goto(person.base + "/demo/mail")
        found = rows.filter(has_text=subject)
        if found.count():
            person._arrived()
            break
        person.page.wait_for_timeout(250)
    else:
        raise person._problem(f"no mail about {number} to {to or 'anybody'}")
    found.first.get_by_role("link").click()
    person._arrived()
    text = person.page.locator("pre.mail").inner_text()
    code = re.search(r"^\s*(?:Code|Clave)\s+([0-9A-Z]{6})\s*$", text, re.M)
    link = re.search(r"https?://\S+/r/\S+", text)
    return {"text": text, "code": code and code[1], "link": link and link[0]}


def open_link(person, mail):
    person.follow(person.words("demoMail.open"))


def enter_code(person, code):
    person.fill(person.words("field.linkCode.label"), code)
    person.press(person.words("link.button"))


class Answer:
    """The page on which the records are added."""

    def __init__(self, person):
        self.person, self.words = person, person.words
        person.sees_heading("~" + self.words("answer.title"))

    def attach(self, *files):
        self.person.attach(self.words("field.files.label"), *files)
        return self

    def part(self, part, answer):
        self.person.choose(self.words(f"partAnswer.{answer}"),
                           within="~" + self.words(f"part.{part}"))
        return self

    def say(self, complete=True, note="", name="Ana Treviño", title="Records clerk"):
        person, words = self.person, self.words
        person.choose(words("complete.yes" if complete else "complete.no"))
        person.fill(words("field.note.label"), note)
        person.fill(words("field.name.label"), name)
        person.fill(words("field.title.label"), title)
        return self

    def send(self):
        self.person.press(self.words("answer.send"))
        return self

    def receipt(self):
        """The receipt number; the page that follows is awaited."""
        self.person.page.wait_for_url("**/receipt*", timeout=60_000)
        self.person._arrived()
        self.person.sees_heading("~" + self.words("receipt.title"))
        return self.person.page.locator(".ref").first.inner_text().strip()


def answer_with(person, mail, files, **said):
    """From the mail to the receipt."""
    person.go(mail["link"])
    enter_code(person, mail["code"])
    return Answer(person).attach(*files).say(**said).send().receipt()
