"""Which charts a page has, and what they are called in each language."""

from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.portal.charting import regions, stages, trends
from warehouse.portal.charting.drawing import Picture, Spec
from warehouse.portal.press import Press
from warehouse.portal.reader import Row
from warehouse.portal.speech import Speech

_MOST_BODIES = 12
_MOST_ROUNDS = 24


def of_stages(press: Press, place: str, counted: Row) -> Picture | None:
    """Draw the services of `counted` by stage; None where it has none."""

    def make(say: Speech) -> Spec:
        names = {row["stage"]: say.own(row, "name")[0] for row in press.knowledge.stages}
        return stages.by_stage(counted, {0: say.text("undetermined"), **names}, say)

    return press.print_chart(place, "stages", make) if counted["service_count"] else None


def of_rounds(press: Press, place: str, rounds: Sequence[Row]) -> Picture | None:
    """Draw the newest rounds, each parted by stage; None where there is only one."""
    shown = [row for row in rounds if row["service_count"]][-_MOST_ROUNDS:]

    def make(say: Speech) -> Spec:
        return stages.stacked([{**row, "label": say.round(row["round_id"])} for row in shown], say)

    return press.print_chart(place, "rounds", make) if len(shown) > 1 else None


def of_bodies(press: Press, place: str, institutions: Sequence[Row]) -> Picture | None:
    """Draw the institutions with most services, each parted by stage; None where there are not two."""
    counted = [row for row in institutions if row["service_count"]]
    shown = sorted(counted, key=lambda row: (-row["service_count"], row["institution_id"]))[:_MOST_BODIES]

    def make(say: Speech) -> Spec:
        return stages.stacked([{**row, "label": _called(row, say)} for row in shown], say)

    return press.print_chart(place, "institutions", make) if len(shown) > 1 else None


def of_regions(press: Press, place: str, listed: Sequence[Row]) -> Picture | None:
    """Draw the map of regions; None where no region has a public body."""

    def make(say: Speech) -> Spec:
        return regions.tiles(
            [{**row, "label": say.own(row, "name")[0] or row["region_id"]} for row in listed], say
        )

    return (
        press.print_chart(place, "regions", make) if any(row["institution_count"] for row in listed) else None
    )


def of_surveys(press: Press, place: str, surveys: Sequence[Row]) -> Mapping[str, Picture | None]:
    """Draw the UN's ranks, and its indices beside ours; None where there are not two years."""
    ranked = [row for row in surveys if row["egdi_rank"]]
    rated = [row for row in surveys if row["egdi"] is not None]

    def names(say: Speech) -> dict[str, str]:
        return {"egdi": say.text("EGDI"), "osi": say.text("OSI"), "ours": say.text("Our index")}

    return {
        "ranks": press.print_chart(place, "ranks", lambda _: trends.ranks(ranked))
        if len(ranked) > 1
        else None,
        "indices": press.print_chart(place, "indices", lambda say: trends.indices(surveys, names(say)))
        if len(rated) > 1
        else None,
    }


def _called(row: Mapping[str, Any], say: Speech) -> str:
    return say.own(row, "name")[0] or str(row["institution_id"])
