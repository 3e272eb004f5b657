"""What a reader sends us who knows better: words, filled in, for a letter or for an issue.

Staff of ministries seldom have an account where issues are filed: the letter comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from warehouse.portal.reader import Row
from warehouse.portal.site import Site
from warehouse.portal.speech import Speech

_MAIL = "mailto:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, and where it can go."""

    words: str
    mail_url: str | None  # opens a letter with its words; None: the crawler's contact is no mailbox
    issue_url: str | None  # the same, of an issue
    contact: str  # where the crawler's owner is reached


class Letters:
    """Writes letters in one language."""

    def __init__(self, say: Speech, site: Site, contacts: Mapping[str, str]) -> None:
        """Write about the portal of `site`; `contacts`: country -> an address of mail or web."""
        self._say, self._site, self._contacts = say, site, contacts

    def about(self, service: Row, name: str, url: str) -> Letter:
        """Return the letter about a service called `name`, whose page is at `url`."""
        subject = self._say.text("Correction: %(service)s", service=name)
        words = self._words(service, name, url)
        contact, issues = self._contacts.get(service["country_id"], ""), self._site.issues_url
        mail = f"{contact}?{_query(subject=subject, body=words)}" if contact.startswith(_MAIL) else None
        issue = f"{issues}?{_query(title=subject, body=words)}" if issues else None
        return Letter(words=words, mail_url=mail, issue_url=issue, contact=contact)

    def _words(self, service: Row, name: str, url: str) -> str:
        text = self._say.text
        known = [
            f"{text('Service')}: {name} ({service['service_id']})",
            f"{text('Page')}: {url}",
            f"{text('Release')}: {self._site.version}",
        ]
        asked = [text("What is wrong:"), text("What is right:"), text("Address of a page that shows it:")]
        return "\n".join(known) + "".join(f"\n\n{question}\n" for question in asked)


def _query(**values: str) -> str:
    """Values as an address has them; mail programs know no "+" for a space (RFC 6068, section 5)."""
    return urlencode(values).replace("+", "%20")
