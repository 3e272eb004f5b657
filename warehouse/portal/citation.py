"""How a release, or one table of it, is cited: by programs, and by people in two styles.

A release never changes and has its own address, so no citation here needs the day on which it was read.
"""

from collections.abc import Iterable
from datetime import date

from babel import dates

from warehouse.portal.reader import Row
from warehouse.portal.site import Site
from warehouse.portal.speech import Speech


def newest_look(countries: Iterable[Row]) -> date | None:
    """Return the day on which the data were last looked at in any of `countries`; None: in none so far."""
    return max((country["as_of"] for country in countries if country["as_of"]), default=None)


def bibtex(site: Site, table: str | None = None) -> str:
    """Return the entry of a release, or of one table of it, as BibTeX has it."""
    year, month = map(int, site.newest_round.split("-"))
    name = f"baskych-{site.version}" + (f"-{table}" if table else "")
    title = "Public services and how far each has gone online" + (f": {table}" if table else "")
    fields = {
        "title": f"{{{title}}}",
        "author": "{{Baskych}}",
        "year": f"{{{year}}}",
        "month": dates.format_date(date(year, month, 1), "MMM", locale="en").lower(),  # BibTeX's macros
        "version": f"{{{site.version}}}",
        "url": f"{{{site.release_url}}}",
        "note": "{Open data, CC BY 4.0}",
    }
    lines = ",\n".join(f"  {field} = {value}" for field, value in fields.items())
    return f"@misc{{{name},\n{lines}\n}}"


class Citations:
    """Cites one release in one language, in plain text."""

    def __init__(self, spoken: Speech, site: Site) -> None:
        """Cite what is served as `site` in the language of `spoken`."""
        self._spoken = spoken
        self._site = site
        self._year = site.newest_round[:4]
        self._title = spoken.text("Public services and how far each has gone online")

    def apa(self, table: str | None = None) -> str:
        """Return the reference to the release, or to `table` of it, in APA style.

        Publication Manual of the APA, 7th edition (2020), section 10.9, "Data sets": author, year, title
        with version, kind; no publisher where that is the author; a day of retrieval only of data that are
        designed to change.
        """
        return self._spoken.text(
            "Baskych. (%(year)s). %(title)s (Version %(version)s) [Data set]. %(address)s",
            year=self._year,
            title=self._title + (f": {table}" if table else ""),
            version=self._site.version,
            address=self._site.release_url,
        )

    def gost(self, day: date | None, table: str | None = None) -> str:
        """Return the reference to the release, or to `table` of it, after ГОСТ Р 7.0.5-2008.

        Section 10, "Библиографические ссылки на электронные ресурсы": the designation of the material
        stands in brackets after the title, a part is divided from its whole by two slashes, and the date of
        update comes before the address. That is `day`, on which the data were last looked at; None: nobody
        has looked yet. The day on which somebody reads it ("дата обращения") is that reader's to add.
        """
        text = self._spoken.text
        kind = text("[Electronic resource]")
        named = f"{table} {kind} // {self._title}" if table else f"{self._title} {kind}"
        updated = [dates.format_date(day, "dd.MM.yyyy", locale="ru")] if day else []
        parts = [
            text("Baskych. %(named)s : data set", named=named),
            text("Release %(version)s", version=self._site.version),
            self._year,
            *(text("Updated: %(day)s", day=each) for each in updated),
            f"URL: {self._site.release_url}.",
        ]
        return ". — ".join(parts)
