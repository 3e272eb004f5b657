"""Many rounds of the tiny country, told line by line: what is there, what is silent, what fails to open."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tiny import Story, write_story
from tiny_codes import write_codes
from tiny_polite import write_manners

from crawlers.outcomes import Outcome
from warehouse.build import build

PLAIN = {
    "institution_id": "tax",
    "life_event_id": None,
    "fee_amount": 120.5,
    "fee_currency": "KGS",
    "is_free": None,
}


class History(Story):
    """Rounds of the tiny country in which each story has its own sites, so that one build tells all."""

    def asks(self, rounds: Iterable[str], *sites: str, is_silent: bool = False) -> None:
        """In each of `rounds`, ask the sites for their first pages."""
        for round_id in rounds:
            for site in sites:
                if is_silent:
                    self.page(f"{round_id}/{site}/", Outcome.UNREACHABLE_TIMEOUT)
                else:
                    self.page(f"{round_id}/{site}/", kind="home")

    def says(self, told: str, text: str) -> None:
        """Ask for the page `round/site/path`, which has `text` and speaks of no service."""
        _, page = self.page(told, kind="information")
        self.rows["pages"][page.round_id][-1] = replace(
            page, text=text, text_sha256=sha256(text.encode()).hexdigest()
        )

    def provides(self, told: str, stage: int | None = 2, **changed: object) -> None:
        """Describe `round/service`, at the site of its name, with other fields than the tiny country's."""
        round_id, service_id = told.split("/")
        known = {"at": service_id, "name": "Permit"}
        known |= {key: changed.pop(key) for key in ("at", "name", "unseen") if key in changed}
        self.service(told, stage, **known)  # type: ignore[arg-type]  # the three that `service` takes
        rows = self.rows["services"][round_id]
        rows[-1] = replace(rows[-1], **{**PLAIN, **changed})  # type: ignore[arg-type]  # fields of a service

    def states(self, told: str, fact: str, value: str, language: str = "en") -> None:
        """Let the page of `round/service` state a fact."""
        round_id, service_id = told.split("/")
        rows = self.rows["service_facts"][round_id]
        known = next(row for row in rows if row.service_id == service_id)
        rows.append(replace(known, fact=fact, value=value, quote=f"It says: {value}", language=language))

    def also_at(self, told: str, site: str, role: str = "portal") -> None:
        """Let a page of another site speak of `round/service` too."""
        round_id, service_id = told.split("/")
        _, page = self.page(f"{round_id}/{site}/{service_id}")
        known = next(row for row in self.rows["service_pages"][round_id] if row.service_id == service_id)
        self.add("service_pages", replace(known, page_id=page.page_id, url=page.url, role=role))


def written_history(folder: Path, history: Story) -> Path:
    """Write the rounds of `history`; return the folder."""
    write_codes(folder)
    write_manners(folder)
    write_story(folder, history)
    return folder


def built_history(folder: Path, history: Story) -> Path:
    """Write and build the rounds of `history`; return the folder."""
    build(written_history(folder, history), threads=1)
    return folder
