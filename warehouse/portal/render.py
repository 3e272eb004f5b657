"""Make the whole portal: static pages in Kyrgyz, Russian and English, from `out_*` tables only.

Nothing has to keep running to read it: the same folder opens from a web host, below any path, and from
a disk. The same tables give the same bytes.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import structlog

from warehouse.dictionary import tables
from warehouse.portal.charting.painter import Painter
from warehouse.portal.files import DataFile
from warehouse.portal.knowledge import read_knowledge
from warehouse.portal.machines.api import Api
from warehouse.portal.machines.sitemap import Sitemap
from warehouse.portal.pages import (
    about,
    bot,
    changelog,
    console,
    countries,
    coverage,
    datasets,
    errata,
    indicators,
    institutions,
    life_events,
    lists,
    openness,
    release,
    search,
    services,
)
from warehouse.portal.press import PortalReport, Press
from warehouse.portal.reader import Reader, Row
from warehouse.portal.site import Site, nowhere

log = structlog.get_logger(__name__)


def render(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    files: Iterable[DataFile] = (),
    site: Site | None = None,
    processes: int | None = None,
) -> PortalReport:
    """Write the portal of the `out_*` tables of `connection` into `folder`; return how much was written.

    `files` are the release's data files, which the dataset pages offer; their paths are relative to `folder`.
    `site` says where the portal will be served; without it feeds name an address that nobody has. Where pages
    are many, so many `processes` print them; None: as many as there are cores.

    Raises:
        PortalError: a table or column is missing, or a page cannot be written.
    """
    reader = Reader(connection)
    press = Press(folder, read_knowledge(reader), site or nowhere())
    press.processes = processes
    press.print_static()
    with Sitemap(folder, press.site) as pages:
        press.on_page = pages.add
        _print_pages(press, reader, tuple(files))
    press.print_file("llms.txt", "llms.txt", countries=reader.all("countries"), tables=tables(connection))
    report = press.report()
    log.info("portal_rendered", folder=str(folder), pages=report.page_count, bytes=report.byte_count)
    return report


def _print_pages(press: Press, reader: Reader, files: Sequence[DataFile]) -> None:
    api = Api(press.folder, press.site)
    api.write_lists(reader)
    countries.print_gate(press)
    about.print_pages(press, reader)
    bot.print_pages(press, reader)
    errata.print_page(press, reader)
    datasets.print_pages(press, reader, files)
    console.print_page(press)
    release.print_page(press, reader, files)
    changelog.print_files(press, reader)
    countries.print_home(press, reader)
    for country in reader.all("countries"):
        _print_country(press, reader, country)
    services.print_pages(press, reader, api)
    api.end()
    search.print_page(press, reader)


def _print_country(press: Press, reader: Reader, country: Row) -> None:
    with Painter() as painter:  # no other page has a chart: its memory is free by then
        press.paint = painter.painted
        countries.print_country(press, reader, country)
        institutions.print_pages(press, reader, country)
    lists.print_pages(press, reader, country)
    life_events.print_pages(press, reader, country)
    indicators.print_pages(press, reader, country)
    coverage.print_page(press, reader, country)
    openness.print_page(press, reader, country)
