"""Print pages: one template and its rows become one file in each language."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import UndefinedError
from markupsafe import Markup

from warehouse.portal import addresses
from warehouse.portal.badges import Badge, Badges
from warehouse.portal.charting.drawing import Paint, Picture, Spec, draw
from warehouse.portal.charting.painting import painted
from warehouse.portal.charting.style import WIDE
from warehouse.portal.errors import PortalError
from warehouse.portal.knowledge import PortalKnowledge
from warehouse.portal.reader import Row
from warehouse.portal.site import Site
from warehouse.portal.speech import LANGUAGES, Speech, speech
from warehouse.portal.surroundings import environment

STATIC, VENDOR = Path(__file__).with_name("static"), Path(__file__).with_name("vendor")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalReport:
    """What was printed."""

    page_count: int
    byte_count: int
    largest_page: str  # its file below the portal's folder
    largest_byte_count: int


class Press:
    """Prints pages into one folder, in every language."""

    def __init__(self, folder: Path, knowledge: PortalKnowledge, site: Site) -> None:
        """Take `folder` as the portal's, to be served as `site`; it is made where it is missing."""
        self.folder = folder
        self.knowledge = knowledge
        self.site = site
        self.on_page: Callable[[str], object] = lambda _: None  # hears of the place of each page
        self.paint: Paint = painted
        self.processes: int | None = None  # that may print at once; None: as many as there are cores
        self._environments = {
            language: environment(speech(language), knowledge, site) for language in LANGUAGES
        }
        self._page_count = 0
        self._byte_count = 0
        self._largest = ("", 0)

    def print_static(self) -> None:
        """Copy style, scripts and icon, and the programs of others that run in readers' browsers."""
        for folder in (STATIC, VENDOR):
            shutil.copytree(folder, self.folder / folder.name, dirs_exist_ok=True)

    def print(self, template: str, place: str, **rows: Any) -> None:
        """Print the page of `place` in each language, and tell the list of pages.

        Raises:
            PortalError: the template asks for a column that the tables lack.
        """
        self.print_untold(template, place, **rows)
        self.on_page(place)

    def print_untold(self, template: str, place: str, **rows: Any) -> None:
        """Print the page of `place`, of which the list of pages has been told, in each language.

        Raises:
            PortalError: the template asks for a column that the tables lack.
        """
        for language, html in self._rendered(template, place, rows):
            self._write(addresses.file_of(language, place), html)

    def print_beside(self, template: str, place: str, name: str, **rows: Any) -> None:
        """Print a file called `name` beside the page of `place` in each language.

        Raises:
            PortalError: the template asks for a column that the tables lack.
        """
        for language, text in self._rendered(template, place, rows):
            self._write(addresses.file_of(language, place).replace("index.html", name), text.lstrip())

    def print_in_each_language(self, template: str, name: str, **rows: Any) -> None:
        """Print a file at the root for each language; `name` has "{}" where the language stands.

        Raises:
            PortalError: the template asks for a column that the tables lack.
        """
        for language, text in self._rendered(template, addresses.HOME, rows):
            self._write(name.format(language), text.lstrip())

    def print_badge(self, place: str, of: Callable[[Badges, Row], Badge], row: Row) -> None:
        """Print the badge of the page of `place`, which is about `row`, in each language."""
        for language in LANGUAGES:
            badge = of(Badges(speech(language)), row)
            name = addresses.file_of(language, place).replace("index.html", "badge.svg")
            self._write(name, self._environments[language].get_template("badge.svg").render(badge=badge))

    def print_chart(self, place: str, name: str, make: Callable[[Speech], Spec]) -> Picture:
        """Print a chart beside the page of `place` in each language; return how the page shows it.

        `make` is given the language, and returns the chart as Vega-Lite for a width.
        """
        height = 0
        for language in LANGUAGES:
            files, height = draw(make(speech(language)), self.paint)
            for end, drawn in files.items():
                self._keep(addresses.file_of(language, place).replace("index.html", name + end), drawn)
        return Picture(name=name, width=WIDE, height=height)

    def print_file(self, template: str, name: str, **rows: Any) -> None:
        """Print one file for all languages, in English."""
        self._write(name, self._environments["en"].get_template(template).render(**rows))

    def _rendered(self, template: str, place: str, rows: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        root = addresses.up(place)
        for language, prepared in self._environments.items():
            to = _way(root, language)
            try:
                yield language, prepared.get_template(template).render(place=place, root=root, to=to, **rows)
            except UndefinedError as error:
                raise PortalError(f"{language}/{place}: {template} expects a column: {error}") from error

    def print_gate(self, template: str, **rows: Any) -> None:
        """Print the root page, which offers the languages and speaks all of them."""
        self._write("index.html", self._environments["en"].get_template(template).render(**rows))

    def count(self, printed: PortalReport) -> None:
        """Count what another press has printed into the same folder."""
        self._page_count += printed.page_count
        self._byte_count += printed.byte_count
        if printed.largest_byte_count > self._largest[1]:
            self._largest = (printed.largest_page, printed.largest_byte_count)

    def report(self) -> PortalReport:
        """Return what has been printed so far."""
        return PortalReport(
            page_count=self._page_count,
            byte_count=self._byte_count,
            largest_page=self._largest[0],
            largest_byte_count=self._largest[1],
        )

    def _keep(self, name: str, content: bytes) -> int:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.write_bytes(content)

    def _write(self, name: str, html: str) -> None:
        size = self._keep(name, html.encode("utf-8", "replace"))
        self._page_count += 1
        self._byte_count += size
        if size > self._largest[1]:
            self._largest = (name, size)


def _way(root: str, language: str) -> Callable[[str], Markup]:
    """Return the function by which a page links to a place in its own language."""
    return lambda place: Markup(root + addresses.file_of(language, place))  # noqa: S704  # segments are [a-z0-9._-]
