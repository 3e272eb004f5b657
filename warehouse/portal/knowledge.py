"""The few rows that nearly every page needs: stages, indicators and outcomes, as the tables have them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.portal.reader import Reader, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalKnowledge:
    """What stages, indicators and outcomes are called and mean."""

    stages: Sequence[Row]  # lowest first
    indicators: Mapping[str, Row]  # by id, in the order of their stages
    outcomes: Mapping[str, Row]  # by outcome
    corrections: Mapping[str, Sequence[Row]]  # by service: decisions about its row
    contacts: Mapping[str, str]  # by country: where the crawler's owner is reached
    others_rubric: Row | None  # whose rubric judged, where it is not the one that ships

    def stage(self, number: int) -> Row:
        """Return the stage of a number."""
        return next(stage for stage in self.stages if stage["stage"] == number)


def read_knowledge(reader: Reader) -> PortalKnowledge:
    """Read them once."""
    return PortalKnowledge(
        stages=tuple(reader.rows("stages")),
        indicators={row["indicator_id"]: row for row in reader.rows("indicators")},
        outcomes={row["outcome"]: row for row in reader.rows("outcomes")},
        corrections=_by_service(reader.rows("corrections")),
        contacts={
            row["country_id"]: row["value"]
            for row in reader.rows("crawler_settings")
            if row["setting"] == "contact"
        },
        others_rubric=next((row for row in reader.rows("rubrics") if not row["is_ours"]), None),
    )


def _by_service(rows: Iterator[Row]) -> Mapping[str, Sequence[Row]]:
    decided: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        decided[row["service_id"]].append(row)
    return decided
