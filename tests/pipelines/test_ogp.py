"""What is said of the Open Government Partnership is what a seen source says, and nothing more."""

from pipelines.codes.ogp import commitment_rows, member_rows, partnership, plan_rows
from pipelines.knowledge import load_knowledge


def test_kyrgyzstan_joined_in_november_2017():
    """With the source that says so; whether it is active today is not said."""
    [member] = [row for row in member_rows() if row.iso3 == "KGZ"]

    assert ("2017-11", False) == (member.joined, member.is_cohort_date)
    assert member.source.startswith("https://")


def test_its_plan_ran_from_2018_to_2020():
    """Eighteen commitments by the independent report."""
    assert [("KGZ", 2018, 2020, 18)] == [
        (row.iso3, row.first_year, row.last_year, row.commitment_count) for row in plan_rows()
    ]


def test_its_commitments_are_those_whose_pages_were_seen():
    """Each with its page as the source, in three languages."""
    rows = commitment_rows()

    assert ["KG0001", "KG0018", "KG0019", "KG0020", "KG0021", "KG0025"] == [row.commitment_id for row in rows]
    assert all(row.commitment_id in row.source for row in rows)
    assert all(3 == len({row.name_ky, row.name_ru, row.name_en}) for row in rows)


def test_every_row_has_a_source_that_was_seen():
    """What is only recalled is not published."""
    rows = [*partnership().members, *partnership().plans, *partnership().commitments]

    assert all(row.source.startswith("http") for row in rows)


def test_a_commitment_speaks_of_a_subject_that_there_is():
    """So that a page can show what became of it."""
    known = {subject.id for subject in load_knowledge().subjects}

    assert {row.subject_id for row in commitment_rows() if row.subject_id} <= known
