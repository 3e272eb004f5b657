"""The services of a round are judged by their own pages: what was seen of them, and what kinds they are."""

from dataclasses import replace

from small_pages import summary
from test_judge import RUBRIC, SERVICE, found

from pipelines.records import Finding, KindShare, PageSummary, ServicePage, Verdict
from pipelines.rounds.round_verdicts import judge_service
from pipelines.services.telling import ToldService


def page_of(page_id: str, kind: str = "service", share: float = 1.0, outcome: str = "ok") -> PageSummary:
    """Return a page of a kind, by that share."""
    shares = (KindShare(kind=kind, share=share), KindShare(kind="news", share=1 - share))
    page = summary("https://data.kg/", kind, "Open data", sure=share, outcome=outcome)
    return replace(page, page_id=page_id, kind_shares=shares)


def judged(
    roles: dict[str, str], pages: list[PageSummary], findings: dict[str, list[Finding]], unseen: int = 0
) -> tuple[Verdict, Finding | None]:
    """Return the verdict on one service that has these pages, and the finding made for its name."""
    rows = [
        ServicePage(service_id="s", round_id="2026-11", page_id=page_id, url="", language="en", role=role)
        for page_id, role in roles.items()
    ]
    service = replace(SERVICE, unseen_count=unseen)
    told = ToldService(service=service, pages=tuple(rows), seen=tuple(pages))
    result = judge_service(told, lambda page_id: findings.get(page_id, []), RUBRIC)
    return result.verdict, result.naming


def test_a_page_that_shows_only_its_name_informs_and_the_name_is_the_proof():
    """A stage without words that prove it is never published."""
    verdict, name = judged({"p": "description"}, [page_of("p")], {})

    assert name
    assert (1, "informs", (name.finding_id,)) == (verdict.stage, verdict.reason, verdict.finding_ids)
    assert ("title@text", "Open data", "p") == (name.place, name.quote, name.page_id)


def test_a_page_without_a_title_is_proved_by_its_address():
    """Something of it must be quoted."""
    page = replace(page_of("p"), title=" ")
    _, name = judged({"p": "description"}, [page], {})

    assert name
    assert ("page@url", page.url) == (name.place, name.quote)


def test_a_page_that_could_not_be_looked_at_gives_no_stage():
    """Could not look is never absent."""
    verdict, name = judged({"p": "description"}, [page_of("p", outcome="blocked")], {}, unseen=1)

    assert (None, "not-seen", None) == (verdict.stage, verdict.reason, name)


def test_a_list_says_nothing_of_a_service_whose_own_page_could_not_be_seen():
    """That it is on a list is not that it was looked at."""
    lists = [page_of("l", kind="service-list")]

    assert judged({"l": "list"}, lists, {}, unseen=1)[0].stage is None
    assert 1 == judged({"l": "list"}, lists, {})[0].stage


def test_a_service_is_judged_by_the_kind_of_its_own_page():
    """Open data is found on a page of data; a list beside it counts for nothing."""
    proofs = {
        "d": [found("open-data", page_id="d"), found("data-api", page_id="d")],
        "l": [found("single-sign-on", page_id="l")],
    }
    pages = [page_of("d", kind="data"), page_of("l", kind="service-list")]
    verdict, _ = judged({"d": "description", "l": "list"}, pages, proofs)

    assert "data-by-api" == verdict.reason


def test_the_shares_of_kinds_reach_the_verdict():
    """A page that may be news makes a service less sure."""
    proofs = {"p": [found("apply-online")]}
    sure, _ = judged({"p": "description"}, [page_of("p")], proofs)
    doubtful, _ = judged({"p": "description"}, [page_of("p", share=0.6)], proofs)

    assert doubtful.confidence < sure.confidence
