"""Mail, as its recipients would read it: from the demonstration's folder or an SMTP peer's."""
import email, email.policy, pathlib, re
from dataclasses import dataclass
from .processes import wait_for


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    language: str
    text: str
    html: str
    message_id: str
    references: tuple
    received: float

    @property
    def links(self) -> list[str]:
        return re.findall(r"https?://[^\s<>\"')]+", self.text)

    @property
    def code(self) -> str | None:
        """The six letters after 'Code' or 'Clave'."""
        found = re.search(r"^\s*(?:Code|Clave)\s+([0-9A-Z]{6})\s*$", self.text, re.M)
        return found and found[1]


def read(path: pathlib.Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert not message.defects, message.defects
    assert [p.get_content_type() for p in message.iter_parts()] == ["text/plain", "text/html"]
    plain, html = (p.get_content() for p in message.iter_parts())
    return Mail(to=message["To"].addresses[0].addr_spec, subject=str(message["Subject"]),
                language=str(message["Content-Language"]), text=plain, html=html,
                message_id=str(message["Message-ID"]),
                references=tuple(str(message["References"] or "").split()),
                received=path.stat().st_mtime)


class Mailbox:
    """A folder of mails: a Maildir's `new`, or the messages of an SMTP peer."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def all(self) -> list[Mail]:
        """Oldest first."""
        if not self.folder.is_dir():
            return []
        files = [f for f in self.folder.iterdir() if f.suffix == ".eml" or f.name.startswith("m-")]
        return sorted((read(f) for f in files), key=lambda mail: mail.received)

    def wait(self, to: str = "", subject: str = "", after: int = 0, seconds: float = 20) -> Mail:
        """The newest mail to that address whose subject holds that text, once there are more than
        `after` of them."""
        def found():
            mails = [m for m in self.all() if to in m.to and subject in m.subject]
            return mails[-1] if len(mails) > after else None
        return wait_for(found, seconds, f"a mail to {to or 'anybody'} about {subject or 'anything'}")
