"""The words of the pages, from the catalogue that the program reads."""
import functools, json, re
from harness.processes import ROOT

OTHER = {"en": "es", "es": "en"}


@functools.cache
def catalogue(language) -> dict:
    return json.loads((ROOT / f"Templates/strings/{language}.json").read_text())


class Words:
    """`words("signIn.title")`: what a page in that language says.

    Placeholders are filled with what is given (`studentName="…"`, by the first part of their name)
    and the marks for bold type are gone.
    """

    def __init__(self, language):
        self.language = language
        self.texts = catalogue(language)

    def __call__(self, key, **values) -> str:
        text = self.texts[key]
        if isinstance(text, dict):
            text = text["one" if values[text["by"]] == 1 else "other"]

        def fill(found):
            name = found[1].split(".")[0]
            if name not in values:
                raise KeyError(f"{key} needs {name}")
            return str(values[name])
        return re.sub(r"\{([\w.]+)\}", fill, text).replace("**", "")

    def start(self, key) -> str:
        """The words before the first placeholder."""
        text = self.texts[key]
        text = text["other"] if isinstance(text, dict) else text
        return text.split("{")[0].split("**")[0].strip()


def foreign_sentences(text, language) -> list[str]:
    """Whole texts of the other language's catalogue that stand in this text.

    Only those of three words and more which this language's catalogue does not have as well: a
    name or a code may be the same in both.
    """
    own = {v for value in catalogue(language).values() for v in _plain(value)}
    flat = " ".join(text.split())
    found = []
    for key, value in catalogue(OTHER[language]).items():
        for sentence in _plain(value):
            pieces = [p.strip() for p in re.split(r"\{[\w.]+\}", sentence.replace("**", ""))]
            long = [p for p in pieces if len(p.split()) >= 3]
            if sentence not in own and any(" ".join(p.split()) in flat for p in long):
                found.append(f"{key}: {sentence}")
    return found


def _plain(value):
    return [value["one"], value["other"]] if isinstance(value, dict) else [value]
