"""What a page shows, told without what the page's row says: a finding is both together."""

from collections.abc import Iterable
from operator import attrgetter

from pipelines.find import finding_id
from pipelines.records import Finding, PageRow

Seen = tuple[str, str, str, int, str, str]  # indicator, quote, place, offset, region, strength
_SEEN = attrgetter("indicator_id", "quote", "place", "offset", "region", "strength")


def seen_in(findings: Iterable[Finding]) -> tuple[Seen, ...]:
    """Return what `findings` say of their page."""
    return tuple(map(_SEEN, findings))


def finding_on(row: PageRow, seen: Seen) -> Finding:
    """Return the finding that the page of `row` shows this."""
    indicator, quote, place, offset, region, strength = seen
    return Finding(
        finding_id=finding_id(row.page_id, indicator, place, offset, quote),
        page_id=row.page_id,
        capture_id=row.capture_id,
        country_id=row.country_id,
        round_id=row.round_id,
        site_id=row.site_id,
        page_url=row.url,
        indicator_id=indicator,
        quote=quote,
        place=place,
        offset=offset,
        region=region,
        strength=strength,
    )
