"""Somebody in front of a page, who knows only what can be read there.

Adapted from the project's browser kit (Apache-2.0). Every act names a visible label, legend,
button, link or heading, so that a test reads as a person would tell it and breaks when the wording
or the labelling breaks. A text that starts with `~` is part of a name, in any case; any other is
the whole name.
"""
import os, re
from playwright.sync_api import Error, expect
from .browser import Judged, overflow
from pages.words import Words, foreign_sentences
from .reading import own_text


# What the driver says where the page went away while it was looked at.
LEFT = re.compile("Execution context was destroyed|the page is navigating")


class CannotGoOn(AssertionError):
    """What a person would say: what is not there, and where they are."""


class Person:
    # What is known of pages in this run.
    judged: Judged

    def __init__(self, page, faults, base, js=True, check=True, language="en"):
        self.page, self.faults, self.base, self.js = page, faults, base.rstrip("/"), js
        self.words = Words(language)
        self.check = check

    # How a name is matched

    @staticmethod
    def _name(text):
        if text.startswith("~"):
            return {"name": re.compile(re.escape(text[1:]), re.I)}
        return {"name": text, "exact": True}

    def _scope(self, within):
        """The group, region or table row of that name; the page without one."""
        if not within:
            return self.page
        for found in (self.page.get_by_role("group", **self._name(within)),
                      self.page.get_by_role("region", **self._name(within)),
                      self.page.get_by_role("row").filter(has_text=within.lstrip("~"))):
            if found.count():
                return found.first
        raise self._problem(f"nothing named {within!r}")

    def _one(self, found, what):
        count = found.count()
        if count == 1:
            return found
        raise self._problem(f"no {what}" if not count else
                            f"{count} of {what}: a person cannot tell them apart (use within=)")

    def _problem(self, text):
        title = self.page.title()
        return CannotGoOn(f"{text} on {self.page.url.replace(self.base, '')} ({title!r})")

    def _arrived(self):
        self.page.wait_for_load_state()
        if not self.check:
            return
        try:
            self._looks_at_it()
        except Error as gone:
            # A form that its script sends leaves the page a while after the press.
            if not LEFT.search(gone.message):
                raise
            self._arrived()

    def _looks_at_it(self):
        language = self.words.language
        if self.page.locator("html").get_attribute("lang") == language:
            if foreign := foreign_sentences(own_text(self.page.content(), language), language):
                raise self._problem("in another language: " + "; ".join(foreign))
        # What reads the page runs beside its own scripts, so it does so where they are off too.
        if pixels := overflow(self.page):
            raise self._problem(f"{pixels} pixels wider than the window")
        if not self.js:
            return
        if wrong := self.judged.faults(self.page):
            raise self._problem("not accessible: " + "; ".join(wrong))

    # What a person does

    def go(self, path):
        self.page.goto(path if "://" in path else self.base + path)
        self._arrived()

    def looks_away(self):
        """Leaves the page, so that nothing of it is still being loaded when the server goes."""
        self.page.goto("about:blank")

    def fill(self, label, value, within=None):
        field = self._scope(within).get_by_label(label.lstrip("~"),
                                                 exact=not label.startswith("~"))
        self._one(field, f"field labelled {label!r}").fill(value)

    def choose(self, option, within=None):
        """A radio button or a checkbox, by its label."""
        scope = self._scope(within)
        found = scope.get_by_role("radio", **self._name(option))
        if not found.count():
            found = scope.get_by_role("checkbox", **self._name(option))
        self._one(found, f"option {option!r}").check()

    def select(self, label, option):
        self._one(self.page.get_by_label(label, exact=True),
                  f"list {label!r}").select_option(label=option)

    def attach(self, label, *files):
        self._one(self.page.get_by_label(label.lstrip("~"), exact=not label.startswith("~")),
                  f"file field {label!r}").set_input_files([os.fspath(f) for f in files])

    def press(self, button, within=None):
        self._one(self._scope(within).get_by_role("button", **self._name(button)),
                  f"button {button!r}").click()
        self._arrived()

    def follow(self, link, within=None):
        self._one(self._scope(within).get_by_role("link", **self._name(link)),
                  f"link {link!r}").click()
        self._arrived()

    def open_details(self, summary):
        self._one(self.page.locator("summary").filter(has_text=summary),
                  f"summary {summary!r}").click()

    def download(self, link, to):
        with self.page.expect_download() as download:
            self._one(self.page.get_by_role("link", **self._name(link)), f"link {link!r}").click()
        download.value.save_as(to)
        return to

    # What a person sees

    def sees_heading(self, text):
        expect(self.page.get_by_role("heading", level=1, **self._name(text))).to_be_visible()

    def sees(self, *texts, within=None):
        for text in texts:
            expect(self._scope(within).get_by_text(text).first).to_be_visible()

    def sees_not(self, *texts):
        for text in texts:
            expect(self.page.get_by_text(text)).to_have_count(0)

    def sees_row(self, *cells):
        row = self.page.get_by_role("row")
        for cell in cells:
            row = row.filter(has_text=cell)
        expect(row.first).to_be_visible()

    def sees_errors(self, *messages):
        """A summary headed 'There is a problem' that has the focus, a title that starts with
        'Error: ', and each message there as a link to its field and beside the field."""
        heading = re.compile("There is a problem|Hay un problema")
        box = self.page.get_by_role("alert").filter(
            has=self.page.get_by_role("heading", name=heading))
        self._one(box, "error summary")
        if self.js:
            has_focus = "e => e === document.activeElement || e.contains(document.activeElement)"
            assert box.evaluate(has_focus), "the error summary does not have the focus"
        assert self.page.title().startswith("Error: "), self.page.title()
        for message in messages:
            link = self._one(box.get_by_role("link", name=message, exact=True),
                             f"link {message!r} in the summary")
            target = link.get_attribute("href")
            assert target.startswith("#"), f"{message!r} links to {target}"
            self._one(self.page.locator(target), f"element {target}")
            assert self.page.get_by_text(message).count() >= 2, f"{message!r} is not at its field"

    def text(self) -> str:
        """All that can be read on the page."""
        return self.page.locator("body").inner_text()

    def nothing_went_wrong(self):
        """The pages asked nothing of another site, broke no policy and logged no error."""
        assert not self.faults.seen, "; ".join(self.faults.seen)
