"""The list of all pages (sitemaps.org, protocol 0.9), each with its versions in the other languages.

It is written while pages are printed, so that no list of them is ever in memory.
"""

from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from warehouse.portal.site import Site
from warehouse.portal.speech import LANGUAGES

_PLACES = 1000  # in one file, each in every language; the protocol allows 50,000 addresses
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class Sitemap:
    """Takes in pages and writes `sitemaps/<n>.xml`, and `sitemap.xml`, which names them."""

    def __init__(self, folder: Path, site: Site) -> None:
        """Write into `folder`; addresses are those of `site`."""
        self._folder, self._site = folder, site
        self._file: TextIO | None = None
        self._places = self._files = 0

    def __enter__(self) -> Self:
        """Return the list, to be ended."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the file in use, and write the one that names all."""
        self._end_file()
        addresses = (f"{self._site.latest_url}sitemaps/{number}.xml" for number in range(self._files))
        places = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
        text = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NAMESPACES}>\n{places}</sitemapindex>\n'
        )
        (self._folder / "sitemap.xml").write_text(text, encoding="utf-8", newline="\n")

    def add(self, place: str) -> None:
        """Take in the page of `place`, in all languages."""
        if self._places % _PLACES == 0:
            self._begin_file()
        self._places += 1
        addresses = {language: escape(self._site.url(language, place)) for language in LANGUAGES}
        versions = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
            for language, address in addresses.items()
        )
        for address in addresses.values():
            self._in_use.write(f"<url><loc>{address}</loc>{versions}</url>\n")

    @property
    def _in_use(self) -> TextIO:
        if self._file is None:
            raise RuntimeError("no file of the list of pages is open; expected add() to have begun one")
        return self._file

    def _begin_file(self) -> None:
        self._end_file()
        path = self._folder / "sitemaps" / f"{self._files}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._file.write(f"{_HEAD}<urlset {_NAMESPACES}>\n")
        self._files += 1

    def _end_file(self) -> None:
        if self._file:
            self._file.write("</urlset>\n")
            self._file.close()
            self._file = None
