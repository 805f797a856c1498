"""The text of a page as its reader gets it, without scripts."""
import html.parser

# Elements that never hold an end tag.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}
SPOKEN = ("alt", "aria-label", "placeholder", "title", "data-label")


class _Reader(html.parser.HTMLParser):
    def __init__(self, language):
        super().__init__()
        self.language, self.open, self.pieces = language, [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        foreign = attributes.get("lang", self.language) != self.language
        # What somebody typed, or a mail as it was sent, stays in its own language.
        quoted = tag in ("q", "blockquote", "script", "style", "textarea") or (
            "mail" in (attributes.get("class") or "").split())
        if tag not in VOID:
            self.open.append((tag, foreign or quoted))
        if not self._silent():
            self.pieces += [attributes[name] or "" for name in SPOKEN if name in attributes]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def _silent(self):
        return any(silent for _, silent in self.open)

    def handle_data(self, data):
        if not self._silent():
            self.pieces.append(data)


def own_text(source, language) -> str:
    """All that can be read or heard on a page in its own language."""
    reader = _Reader(language)
    reader.feed(source)
    return " ".join(reader.pieces)
