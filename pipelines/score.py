"""Compare what was found of the sample republic with what is true of it.

`python -m pipelines.score DATA` prints the table for the newest round of the sample republic under DATA.
A service is found when one of its pages lies in one of ours; invented is what has no page of a true one.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawlers.outcomes import Outcome
from crawlers.sample import Truth, generate, truth
from crawlers.sample.truth import TrueService
from pipelines.measuring.scored_round import Round, read_round
from pipelines.services.neutral_addresses import canonical_address
from pipelines.services.service_words import service_words

_NO_DESCRIPTION = frozenset({"list", "document"})  # roles of pages that several services share


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is not as it should be."""

    kind: str  # not found | invented | not joined | wrong stage | staged though not seen
    subject: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well a round of the sample republic was understood."""

    true_services: int
    found_services: int
    found: int  # true services that were found
    invented: int  # found services that are none
    several: int  # true services with more than one page that describes them
    joined: int  # of these, with all their pages in one found service
    stages_right: int  # of the found
    sites: int
    outcomes_right: int
    mistakes: tuple[Mistake, ...]


def score(seen: Round, true: Truth) -> Score:
    """Return how well `seen` agrees with `true`, with every mistake by name."""
    matches = [_match(service, seen_at, seen) for seen_at in (_seen_at(seen),) for service in true.services]
    ours = {one for match in matches for one in match.found}
    invented = [row for row in seen.services if row.service_id not in ours]
    several = [match for match in matches if match.found and len(match.at) > 1]
    stages = {verdict.service_id: verdict.stage for verdict in seen.verdicts}
    sites = {site.id: site.outcome for site in true.sites}
    return Score(
        true_services=len(matches),
        found_services=len(seen.services),
        found=sum(bool(match.found) for match in matches),
        invented=len(invented),
        several=len(several),
        joined=sum(match.is_joined for match in several),
        stages_right=sum(
            stages.get(match.best or "") == match.service.stage for match in matches if match.found
        ),
        sites=len(sites),
        outcomes_right=sum(seen.outcomes.get(site) == outcome for site, outcome in sites.items()),
        mistakes=(
            *(mistake for match in matches for mistake in match.mistakes(stages)),
            *(
                Mistake(kind="invented", subject=row.url, expected="no service", found=row.name)
                for row in invented
            ),
            *_site_mistakes(seen, sites, stages),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A true service, and which found services hold each of its pages."""

    service: TrueService
    at: tuple[frozenset[str], ...]  # for each page that describes it, the found services that hold it

    @property
    def found(self) -> frozenset[str]:
        return frozenset().union(*self.at)

    @property
    def best(self) -> str | None:
        """The found service that holds most of its pages."""
        return max(sorted(self.found), key=lambda one: sum(one in held for held in self.at), default=None)

    @property
    def is_joined(self) -> bool:
        return len(self.found) == 1 and all(self.at)

    def mistakes(self, stages: Mapping[str, int | None]) -> Iterator[Mistake]:
        name = self.service.id
        if not self.found:
            yield Mistake(kind="not found", subject=name, expected="a service", found="none")
            return
        if len(self.at) > 1 and not self.is_joined:
            held = ", ".join("+".join(sorted(one)) or "nowhere" for one in self.at)
            yield Mistake(kind="not joined", subject=name, expected="one service", found=held)
        stage = stages.get(self.best or "")
        if stage != self.service.stage:
            yield Mistake(
                kind="wrong stage",
                subject=f"{name} {self.best}",
                expected=str(self.service.stage),
                found=str(stage),
            )


def _match(service: TrueService, seen_at: Mapping[str, frozenset[str]], seen: Round) -> _Match:
    rules = service_words().identify
    described = sorted({*service.pages.values(), *service.portal.values()})
    at = tuple(seen_at.get(canonical_address(url, rules), frozenset()) for url in described)
    if not at:  # described in a file or by an item of a list only: known by its name
        names = set(service.name.values())
        at = (frozenset(row.service_id for row in seen.services if row.name in names),)
    return _Match(service=service, at=at)


def _seen_at(seen: Round) -> dict[str, frozenset[str]]:
    rules = service_words().identify
    owner: dict[str, set[str]] = defaultdict(set)
    for page in seen.pages:
        if page.role not in _NO_DESCRIPTION:
            owner[canonical_address(page.url, rules)].add(page.service_id)
    return {url: frozenset(services) for url, services in owner.items()}


def _site_mistakes(
    seen: Round, sites: Mapping[str, str], stages: Mapping[str, int | None]
) -> Iterator[Mistake]:
    """Sites whose outcome is another, and services with a stage on sites that could not be looked at."""
    for site, outcome in sites.items():
        found = seen.outcomes.get(site, "nothing")
        if found != outcome:
            yield Mistake(kind="wrong outcome", subject=site, expected=outcome, found=found)
    unseen = {site for site, outcome in sites.items() if not Outcome(outcome).is_observation}
    for row in seen.services:
        if row.site_id in unseen and stages.get(row.service_id) is not None:
            stage = stages[row.service_id]
            yield Mistake(kind="staged though not seen", subject=row.url, expected="None", found=str(stage))


def table(scored: Score) -> str:
    """Return the figures and the mistakes as lines for a person."""
    counts = {
        "true services found": (scored.found, scored.true_services),
        "found services invented": (scored.invented, scored.found_services),
        "versions joined": (scored.joined, scored.several),
        "stages right": (scored.stages_right, scored.found),
        "site outcomes right": (scored.outcomes_right, scored.sites),
    }
    lines = [
        f"{name:<26}{part:>5} of {whole:<5}{part / max(1, whole):>8.1%}"
        for name, (part, whole) in counts.items()
    ]
    lines += [
        f"  {one.kind}: {one.subject}: expected {one.expected}, found {one.found}" for one in scored.mistakes
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the score of the newest round of the sample republic in the folder that is given."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "data")
    sys.stdout.write(table(score(read_round(data), truth(generate()))) + "\n")


if __name__ == "__main__":
    main()
