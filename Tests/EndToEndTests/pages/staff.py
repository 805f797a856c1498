"""Pages of people who sign in."""
import re
from playwright.sync_api import expect

PASSWORD = "mochila-demonstration"
ROSA = "rosa.delgado@davis-high.example"
GRACE = "grace.nakamura@watsonville-high.example"
ANA = "ana.trevino@weslaco-east.example"
PATRICIA = "patricia.holloway@texas.example"
DISTRICT = "daniel.pruitt@weslaco-schools.example"
FLORIDA = "samuel.etienne@florida.example"
CALIFORNIA = "dolores.whitfield@california.example"
ADMINISTRATOR = "ingrid.vance@mochila.example"
AUDITOR = "theo.abara@mochila.example"

NUMBER = re.compile(r"RQ-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")


class Student:
    def __init__(self, given, paternal, maternal, born, middle="", grade=None):
        self.given, self.middle, self.paternal, self.maternal = given, middle, paternal, maternal
        self.year, self.month, self.day = born.split("-")
        self.grade = grade

    @property
    def name(self):
        return " ".join(p for p in (self.given, self.middle, self.paternal, self.maternal) if p)

    @property
    def secrets(self):
        """What no mail, address or log may hold."""
        return [self.paternal, self.maternal, f"{self.year}-{self.month}-{self.day}",
                f"{int(self.month)}/{int(self.day)}/{self.year}"]


MARISOL = Student("Marisol", "Reyes", "Ortega", "2010-03-27", grade="grade.tenth")
JOSE = Student("José", "Escamilla", "Muñoz", "2009-09-14", middle="Luis")
XOCHITL = Student("Xóchitl", "Bautista", "Tecuapa", "2011-04-07")
EMILIANO = Student("Emiliano", "Cantú", "Salinas", "2009-01-19", grade="grade.eleventh")
ITZEL = Student("Itzel", "Equihua", "Zaragoza", "2013-08-21", middle="Guadalupe")
CITLALI = Student("Citlali", "Ramírez", "de la Cruz", "2009-12-12")
YADIEL = Student("Yadiel", "Colón", "Figueroa", "2012-02-08")


# A code works once, so a person signs in once in a gateway's life and keeps the session.
_signed_in = {}


def come_back(person, email):
    """Signed in as before where this person was here before, or signs in."""
    if cookies := _signed_in.get((person.base, email)):
        person.page.context.add_cookies(cookies)
        person.go("/home")
        speak(person)
        return person
    sign_in(person, email)
    _signed_in[person.base, email] = person.page.context.cookies()
    return person


def sign_in(person, email, password=PASSWORD):
    """Password, then the code that the demonstration shows for the app."""
    words = person.words
    person.go("/sign-in")
    person.sees_heading(words("signIn.title"))
    person.fill(words("field.email.label"), email)
    person.fill(words("field.password.label"), password)
    person.press(words("signIn.button"))
    person.sees_heading(words("secondFactor.title"))
    code = re.search(r"\b\d{6}\b", person.page.locator(".panel.stop").inner_text())[0]
    person.fill(words("field.oneTimeCode.label"), code)
    person.press(words("form.continue"))
    person.page.wait_for_url(lambda url: "/sign-in" not in url)
    speak(person)
    return person


def speak(person):
    """An account has a language of its own; who reads another one says so once, at the top."""
    if person.page.locator("html").get_attribute("lang") != person.words.language:
        person.page.locator(f"header a[hreflang={person.words.language}]").click()
        person._arrived()


class Wizard:
    """A request, from the first page to its number."""

    def __init__(self, person):
        self.person, self.words = person, person.words

    def begin(self):
        self.person.go("/")
        self.person.press(self.words("home.askButton"))
        self.sees("student.title")
        return self

    def sees(self, title):
        self.person.sees_heading("~" + self.words(title))

    def student(self, student, purpose="enrolling", **typed):
        """`typed` overrides what is typed into a field of that name."""
        words, person = self.words, self.person
        values = {"given": student.given, "middle": student.middle,
                  "paternalSurname": student.paternal, "maternalSurname": student.maternal,
                  "birthMonth": str(int(student.month)), "birthDay": str(int(student.day)),
                  "birthYear": student.year} | typed
        for field, value in values.items():
            person.fill(words(f"field.{field}.label"), value)
        if student.grade:
            person.select(words("student.grade"), words(student.grade))
        if purpose:
            person.choose(words(f"purposeOf.{purpose}"))
        person.press(words("form.continue"))
        return self

    def place(self, school=None, within=None):
        """Chooses a school by its name, or keeps what is chosen."""
        self.sees("place.title")
        if school:
            # What its school denied once is not offered any more: then by the directory.
            if not self.person.page.get_by_label(school, exact=False).count():
                self.search(name=school)
            self.person.choose("~" + school, within=within)
        self.person.press(self.words("form.continue"))
        return self

    def search(self, name="", town="", state="", zip="", district=""):
        words, person = self.words, self.person
        person.fill(words("field.searchName.label"), name)
        person.fill(words("field.searchTown.label"), town)
        person.fill(words("field.searchZIP.label"), zip)
        person.fill(words("field.searchDistrict.label"), district)
        if state:
            person.select(words("search.state"), state)
        person.press(words("search.button"))
        return self

    def purpose(self, *uses, grounds=(), start=None, message=""):
        words, person = self.words, self.person
        self.sees("purpose.title")
        for use in uses or ("enrollment", "placement", "graduation"):
            person.choose("~" + words(f"use.{use}"))
        for ground in grounds:
            person.choose(words(f"ground.{ground}"))
        for field, value in zip(("startMonth", "startDay", "startYear"), start or ()):
            person.fill(words(f"field.{field}.label"), str(value))
        if message:
            person.fill(words("field.message.label"), message)
        person.press(words("form.continue"))
        return self

    def send(self):
        """The request number."""
        self.sees("check.title")
        self.person.press(self.words("check.send"))
        return self.number()

    def number(self):
        self.person.sees_heading("~" + self.words("sent.title"))
        return NUMBER.search(self.person.page.locator(".ref").first.inner_text())[0]


def file_request(person, student, school=None, uses=(), **purpose):
    """Whatever the place page proposes, or the school of that name; the request number."""
    wizard = Wizard(person).begin().student(student)
    return wizard.place(school).purpose(*uses, **purpose).send()


def open_request(person, number):
    person.go(f"/requests/{number}")
    person.sees(number)


def steps(person) -> list[str]:
    """Each step of the tracker, past, present and future, in the page's order."""
    return [" ".join(text.split()) for text in person.page.locator("ol.track > li").all_inner_texts()]


def next_sentence(person) -> str:
    return " ".join(person.page.locator("p.panel.note").first.inner_text().split())


def status(person) -> str:
    return person.page.locator("h1 .tag").first.inner_text().strip()


def wait_for(person, path, condition, what, tries=60):
    """Loads a page until it shows what the background work is to bring about."""
    for _ in range(tries):
        person.page.goto(person.base + path)
        if value := condition():
            person._arrived()
            return value
        person.page.wait_for_timeout(250)
    raise person._problem(f"{what}: it did not come")


def move_clock(person, step):
    """`day`, `week` or `july`, by the bar at the top."""
    button = person.page.locator(f"button[name=step][value={step}]")
    expect(button).to_have_count(1)
    button.click(timeout=120_000)
    person.page.wait_for_load_state()
    person._arrived()


def speak_first(person):
    """Chooses the language on the first page, before anybody signed in."""
    person.go("/")
    speak(person)
