"""A report for a site's keepers: what is good, what is missing, how to mend it, in their language."""

from difflib import get_close_matches
from pathlib import Path

from warehouse.engine import connect
from warehouse.portal.errors import NoSuchSiteError, ReportError
from warehouse.portal.knowledge import read_knowledge
from warehouse.portal.reader import Reader, Row
from warehouse.portal.report_words import ONLINE, EmptyLists
from warehouse.portal.site import nowhere
from warehouse.portal.speech import LANGUAGES, speech
from warehouse.portal.surroundings import environment

DATABASE = Path("data") / "baskych.duckdb"
_NEARBY = 3  # sites named where one is asked for that is not there


def site_report(release: Path, site_id: str, *, language: str | None = None, kind: str = "txt") -> str:
    """Return the report on a site of the release in `release`, as text or as one HTML page.

    `language` is ky, ru or en; without it, the first of the site's own languages that is one of them.

    Raises:
        ReportError: there is no such release; NoSuchSiteError: it has no such site.
        PortalError: the portal has no such language, or a table or column is missing.
    """
    database = release / DATABASE
    if not database.is_file():
        raise ReportError(f"{database}: not there; `baskych publish` makes it")
    with connect(database, read_only=True) as connection:
        reader = Reader(connection)
        site = _site(reader, site_id)
        said = speech(language or _own_language(site))
        services = reader.all("report_services", site_id=site_id)
        prepared = environment(said, read_knowledge(reader), nowhere())
        return prepared.get_template(f"report.{kind}").render(
            site_row=site,
            online=[service for service in services if (service["stage"] or 0) >= ONLINE],
            behind=[service for service in services if (service["stage"] or 0) < ONLINE],
            missing=reader.all("report_missing", site_id=site_id),
            failures=reader.all("report_failures", site_id=site_id),
            empty=EmptyLists(said, site, services),
        )


def _site(reader: Reader, site_id: str) -> Row:
    found = reader.all("report_site", site_id=site_id)
    if not found:
        known = sorted(row["site_id"] for row in reader.first_rows("out_sites", 100_000))
        shown = ", ".join(get_close_matches(site_id, known, n=_NEARBY, cutoff=0))
        shown += ", …" if len(known) > _NEARBY else ""
        raise NoSuchSiteError(f"site {site_id!r}: not in this release; expected one of {shown}")
    return found[0]


def _own_language(site: Row) -> str:
    return next((language for language in site["languages"] or () if language in LANGUAGES), "en")
