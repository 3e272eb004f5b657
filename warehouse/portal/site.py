"""Where a portal will be served: what feeds, the list of pages and other absolute addresses are made from."""

from dataclasses import dataclass

from warehouse.portal import addresses
from warehouse.portal.atoms import is_web
from warehouse.portal.errors import PortalError


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One release on its host."""

    latest_url: str  # absolute, ending in "/": where the newest release is found
    version: str
    newest_round: str  # YYYY-MM
    issues_url: str | None = None  # where a new issue is filed; a query is added to it

    def __post_init__(self) -> None:
        """Refuse a place for issues that is no web address.

        Raises:
            PortalError: it is none.
        """
        if self.issues_url is not None and not is_web(self.issues_url):
            raise PortalError(f"issues {self.issues_url!r}: expected an http or https address")

    @property
    def release_url(self) -> str:
        """Where this very release stays, when newer ones have come."""
        return f"{self.latest_url.removesuffix('latest/')}{self.version}/"

    def url(self, language: str, place: str) -> str:
        """Return the absolute address of a page, as a host answers to it: without the file's name."""
        return self.latest_url + addresses.file_of(language, place).removesuffix("index.html")


def nowhere() -> Site:
    """Return where a portal lies that is not published yet: at a reserved address (RFC 2606)."""
    return Site(latest_url="https://baskych.example/latest/", version="draft", newest_round="1970-01")
