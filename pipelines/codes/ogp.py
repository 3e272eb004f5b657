"""Read what is known of the Open Government Partnership: its members, their plans and their commitments."""

from functools import cache

from pydantic import Field

from pipelines.codes.openness import OgpCommitmentRow, OgpMemberRow, OgpPlanRow
from pipelines.judging.expertise import Wording
from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Member(Strict):
    """A state that joined."""

    iso3: str = Field(pattern=r"^[A-Z]{3}$")
    joined: str = Field(pattern=r"^\d{4}(-\d{2})?$")
    is_cohort_date: bool
    source: str


class Plan(Strict):
    """A national action plan."""

    iso3: str
    first_year: int
    last_year: int
    commitment_count: int = Field(ge=1)
    note: Wording
    source: str


class Commitment(Strict):
    """One promise of a plan."""

    id: str = Field(pattern=r"^[A-Z]{2}\d{4}$")
    iso3: str
    first_year: int
    subject: str | None
    name: Wording
    source: str


class Partnership(Strict):
    """Everything in `knowledge/ogp.yml`."""

    members: tuple[Member, ...]
    plans: tuple[Plan, ...]
    commitments: tuple[Commitment, ...]


@cache
def partnership() -> Partnership:
    """Return what `knowledge/ogp.yml` says.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return Partnership.model_validate(load_yaml("ogp.yml"))


def member_rows() -> list[OgpMemberRow]:
    """Return the members, by their codes."""
    rows = [OgpMemberRow(**member.model_dump()) for member in partnership().members]
    return sorted(rows, key=lambda row: row.iso3)


def plan_rows() -> list[OgpPlanRow]:
    """Return the plans, oldest first within a country."""
    rows = [
        OgpPlanRow(
            iso3=plan.iso3,
            first_year=plan.first_year,
            last_year=plan.last_year,
            commitment_count=plan.commitment_count,
            note_ky=plan.note.ky,
            note_ru=plan.note.ru,
            note_en=plan.note.en,
            source=plan.source,
        )
        for plan in partnership().plans
    ]
    return sorted(rows, key=lambda row: (row.iso3, row.first_year))


def commitment_rows() -> list[OgpCommitmentRow]:
    """Return the commitments, by their ids."""
    rows = [
        OgpCommitmentRow(
            commitment_id=one.id,
            iso3=one.iso3,
            first_year=one.first_year,
            subject_id=one.subject,
            name_ky=one.name.ky,
            name_ru=one.name.ru,
            name_en=one.name.en,
            source=one.source,
        )
        for one in partnership().commitments
    ]
    return sorted(rows, key=lambda row: row.commitment_id)
