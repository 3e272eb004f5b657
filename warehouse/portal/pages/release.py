"""This release: of which rounds it is, what changed, its files, and how to cite it."""

from collections.abc import Sequence

from warehouse.portal import addresses
from warehouse.portal.citation import bibtex, newest_look
from warehouse.portal.files import DataFile
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader


def print_page(press: Press, reader: Reader, files: Sequence[DataFile]) -> None:
    """Print the page of the release that is being made, which offers `files`."""
    countries = reader.all("countries")
    press.print(
        "release.html",
        addresses.RELEASE,
        countries=countries,
        changes={
            country["country_id"]: reader.all("country_change_counts", country_id=country["country_id"])
            for country in countries
        },
        rubric_versions=[row["rubric_version"] for row in reader.rows("rubric_versions")],
        files=[file for file in files if file.table is None],
        bibtex=bibtex(press.site),
        as_of=newest_look(countries),
    )
