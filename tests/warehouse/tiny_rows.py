"""One row of each kind in the tiny country, with everything that its story leaves open filled in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from tiny_codes import INDICATORS, LANGUAGES

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines import records

STARTS = {
    "2026-10": datetime(2026, 10, 5, 4, 0, tzinfo=UTC),
    "2026-11": datetime(2026, 11, 2, 4, 0, tzinfo=UTC),
}


def started(round_id: str) -> datetime:
    """Return when a round began: on the fifth of its month, where the tiny country's story does not say."""
    return STARTS.get(round_id) or datetime.fromisoformat(f"{round_id}-05T04:00:00+00:00")


NAMES = {"ky": "Туулгандыгы тууралуу күбөлүк", "ru": "Свидетельство о рождении"}


def capture_row(round_id: str, site: str, path: str, outcome: Outcome, seq: int) -> Capture:
    """Return the request for one address: what is gone answered with 404, what is unreachable not at all."""
    url = f"http://{site}.example/{path}"
    is_answered = not outcome.startswith("unreachable")
    return Capture(
        capture_id=f"{round_id}-{site}-{seq}",
        country_id="sample",
        round_id=round_id,
        site_id=f"sample-{site}",
        seq=seq,
        url=url,
        referrer_url=None,
        link_text=None,
        depth=min(seq, 1),
        source="web",
        captured_at=started(round_id) + timedelta(seconds=3 * seq),
        outcome=outcome,
        outcome_detail=None if is_answered else "no answer within 30 seconds",
        http_status={Outcome.GONE: 404}.get(outcome, 200) if is_answered else None,
        content_type="text/html; charset=utf-8" if is_answered else None,
        media_type="text/html" if is_answered else None,
        byte_count=1000 + len(path) if is_answered else 0,
        wire_byte_count=400 if is_answered else None,
        body_sha256=sha256(url.encode()).hexdigest() if is_answered else None,
        etag=None,
        last_modified=None,
        redirect_url=None,
        robots_rule=None,
        delay_seconds=2.0,
        elapsed_seconds=0.25,
        tls_fault=None,
        ip_address="127.0.0.1",
        warc_file="part-00000.warc.gz" if is_answered else None,
        warc_offset=4096 * seq if is_answered else None,
        warc_length=900 if is_answered else None,
        warc_record_id=f"<urn:uuid:{round_id}-{site}-{seq}>" if is_answered else None,
        revisit_of=None,
    )


def page_row(capture: Capture, kind: str, outcome: str) -> records.PageRow:
    """Return the page that a capture gave."""
    text = f"{capture.url} {kind} How to apply, pay and complain. =SUM(1)"
    return records.PageRow(
        page_id=f"page-{capture.capture_id}",
        capture_id=capture.capture_id,
        country_id="sample",
        round_id=capture.round_id,
        site_id=capture.site_id,
        url=capture.url,
        outcome=outcome,
        outcome_detail="a wall of Example Shield" if outcome == "blocked" else None,
        captured_at=capture.captured_at,
        title=f"Page {capture.url}",
        description="",
        language="en",
        kind=kind,
        kind_confidence=0.9,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        word_count=len(text.split()),
        link_count=3,
        form_count=1,
        media_type="text/html",
        encoding_declared="utf-8",
        encoding_used="utf-8",
        is_blank_form=None,
        published_on=capture.captured_at.date(),
        modified_on=None,
    )


def finding_row(capture: Capture, indicator_id: str, strength: str) -> records.Finding:
    """Return an indicator seen on the page that a capture gave."""
    return records.Finding(
        finding_id=f"finding-{capture.capture_id}-{indicator_id}",
        page_id=f"page-{capture.capture_id}",
        capture_id=capture.capture_id,
        country_id="sample",
        round_id=capture.round_id,
        site_id=capture.site_id,
        page_url=capture.url,
        indicator_id=indicator_id,
        quote=f"words that show {indicator_id}",
        place="text",
        offset=12,
        region="main",
        strength=strength,
    )


def service_row(page: records.PageRow, service_id: str, name: str, unseen: int) -> records.Service:
    """Return a service that `page` describes; health provides what stands on the portal, for free."""
    site = page.site_id.removeprefix("sample-")
    has_fee = site == "tax"
    return records.Service(
        service_id=service_id,
        country_id="sample",
        round_id=page.round_id,
        institution_id="health" if site == "portal" else site,
        site_id=page.site_id,
        page_id=page.page_id,
        url=page.url,
        name=name or f"Service {service_id}",
        language="en",
        life_event_id="birth" if site == "portal" else None,
        cofog_division="01",
        fee_amount=120.5 if has_fee else None,
        fee_currency="KGS" if has_fee else None,
        is_free=None if has_fee else True,
        processing_days=3.0,
        page_count=1 + unseen,
        unseen_count=unseen,
    )


def name_rows(service: records.Service) -> list[records.ServiceName]:
    """Return the names of a service: in three languages on the portal, else in English."""
    languages = LANGUAGES if service.site_id == "sample-portal" else ("en",)
    return [
        records.ServiceName(
            service_id=service.service_id,
            round_id=service.round_id,
            language=language,
            name=NAMES.get(language, service.name),
            page_id=service.page_id,
        )
        for language in languages
    ]


def service_page_row(service: records.Service) -> records.ServicePage:
    """Return the page that describes a service."""
    return records.ServicePage(
        service_id=service.service_id,
        round_id=service.round_id,
        page_id=service.page_id,
        url=service.url,
        language="en",
        role="description",
    )


def fact_row(service: records.Service) -> records.ServiceFact:
    """Return what its page says about the fee of a service."""
    return records.ServiceFact(
        service_id=service.service_id,
        round_id=service.round_id,
        fact="fee",
        value="120.5 KGS",
        quote="The fee is 120.50 som",
        page_id=service.page_id,
        offset=40,
        language="en",
    )


def verdict_row(service: records.Service, stage: int | None, findings: Sequence[str]) -> records.Verdict:
    """Return the verdict on a service, which any one that is missing would lift, or two forms together."""
    higher = (stage or 0) + 1
    missing = tuple(item for item, level in INDICATORS.items() if level == higher)
    ways = (
        records.Way(rule_id="alone", stage=higher, needed_count=1, indicators=missing),
        records.Way(
            rule_id="together", stage=higher, needed_count=2, indicators=("feedback-form", "online-payment")
        ),
    )
    return records.Verdict(
        service_id=service.service_id,
        country_id="sample",
        round_id=service.round_id,
        stage=stage,
        reason=f"stage-{stage}" if stage else "not-seen",
        confidence=0.8 if stage else 0.0,
        rubric_version="1",
        finding_ids=tuple(findings),
        missing=missing,
        ways=ways if stage in {1, 2, 3} else (),
    )
