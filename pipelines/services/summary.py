"""Cut a page down to what `identify` needs: its name, its neighbours, its facts, the list it holds.

A round is told from the summaries of all its pages; full texts would take many times as long to go through.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.network.addresses import parse_address
from crawlers.outcomes import Outcome
from pipelines.find import Reading
from pipelines.judging.phrases import fold
from pipelines.records import Alternate, Link, ListEntry, Page, PageFact, PageSummary, SummaryLink
from pipelines.services.content_lines import Line, content_lines
from pipelines.services.entries import ListContext, read_entries
from pipelines.services.facts import NAME, PROVIDER, read_facts
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.neutral_addresses import canonical_address
from pipelines.services.page_names import main_heading
from pipelines.services.providers import Providers
from pipelines.services.service_words import ServiceWords
from pipelines.services.values import FEE, TIME

_AROUND = frozenset({"header", "navigation", "footer"})
_MARKUP = frozenset({"text/html", "application/xhtml+xml", "text/xml", "application/xml"})
_NO_LETTERS = re.compile(r"[\W\d_]+")
_ALSO_IN_FORMS = frozenset({FEE, TIME, PROVIDER, NAME, "legal_basis"})
_COUNTRY_CODE = 2  # letters, ISO 3166-1
_LONGEST_PROVIDER = 160  # characters: a longer line is a sentence, not a body's name


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteContext:
    """What is known of a page's site: whose it is, and who else may be named on it."""

    institution_id: str
    is_joint_portal: bool
    providers: Providers


def summarise(
    page: Page, reading: Reading, site: SiteContext, words: ServiceWords, redirect_url: str | None = None
) -> PageSummary:
    """Return `page` cut down; one that could not be looked at keeps its address and outcome.

    `redirect_url` is where the page's capture was sent on to, if anywhere.
    """
    rules = words.identify
    lines = content_lines(page)
    links = [(link.offset, _link(link, rules)) for link in page.links if link.region not in _AROUND]
    is_list = reading.kind in rules.roles.list
    countries = countries_of(page)
    context = ListContext(providers=site.providers, countries=countries)
    entries = read_entries(lines, links, context, words) if is_list else ()
    facts = read_facts(lines, words.facts, countries)
    if reading.kind in rules.roles.step:
        facts = outside_forms(facts, page, rules)
    return PageSummary(
        page_id=page.page_id,
        capture_id=page.capture_id,
        country_id=page.country_id,
        round_id=page.round_id,
        site_id=page.site_id,
        institution_id=site.institution_id,
        provider_id=_provider(lines, facts, [link for _, link in links], site),
        is_joint_portal=site.is_joint_portal,
        url=page.url,
        canonical_url=canonical_address(page.url, rules),
        moved_to=canonical_address(redirect_url, rules) if redirect_url else None,
        outcome=page.outcome,
        language=page.language,
        kind=reading.kind if Outcome(page.outcome).is_observation else "error",
        kind_confidence=reading.kind_confidence,
        title=page.title,
        h1=main_heading(page, lines, words),
        is_document=page.media_type not in _MARKUP,
        text_sha256=_digest(lines),
        word_count=sum(len(line.text.split()) for line in lines),
        links=tuple(link for _, link in links),
        alternates=_alternates(page, rules),
        entries=_unrepeated(entries),
        facts=facts,
        has_form=any(form.purpose in rules.form_purposes for form in page.forms),
    )


def outside_forms(facts: Sequence[PageFact], page: Page, rules: IdentifyWords) -> tuple[PageFact, ...]:
    """Return `facts` without those that a form asks for: its "Applicant" is a heading over fields."""
    begins = [form.offset for form in page.forms if form.purpose in rules.form_purposes and form.offset >= 0]
    inside = min(begins, default=len(page.text))
    return tuple(fact for fact in facts if fact.offset < inside or fact.fact in _ALSO_IN_FORMS)


def countries_of(page: Page) -> tuple[str, ...]:
    """Return the countries that a page may be of: its registry's, then the one that its host ends with."""
    address = parse_address(page.url)
    ending = address.host.rpartition(".")[2] if address else ""
    return tuple(code for code in (page.country_id, ending) if len(code) == _COUNTRY_CODE and code.isalpha())


def _link(link: Link, rules: IdentifyWords) -> SummaryLink:
    return SummaryLink(
        url=canonical_address(link.url, rules), text=link.text, region=link.region, file_type=link.file_type
    )


def _provider(
    lines: Sequence[Line], facts: Sequence[PageFact], links: Sequence[SummaryLink], site: SiteContext
) -> str | None:
    """The institution that the page names as provider: under a label, on a portal also anywhere alone."""
    labelled = next((fact.quote for fact in facts if fact.fact == PROVIDER), None)
    named = site.providers.named(labelled) if labelled else None
    if named or not site.is_joint_portal:
        return named
    alone = (site.providers.named(line.text) for line in lines if len(line.text) <= _LONGEST_PROVIDER)
    return next((one for one in alone if one), None) or site.providers.linked(links)


def _alternates(page: Page, rules: IdentifyWords) -> tuple[Alternate, ...]:
    """The page's other languages: as it declares them, and as its language switch links to them."""
    switches = {
        (rules.language_of_name[fold(link.text).strip()], canonical_address(link.url, rules))
        for link in page.links
        if fold(link.text).strip() in rules.language_of_name
    }
    declared = {(one.language, canonical_address(one.url, rules)) for one in page.alternates}
    return tuple(Alternate(language=language, url=url) for language, url in sorted(declared | switches))


def _digest(lines: Sequence[Line]) -> str:
    letters = _NO_LETTERS.sub("", "".join(line.text for line in lines))
    return hashlib.sha256(letters.encode()).hexdigest()


def _unrepeated(entries: Sequence[ListEntry]) -> tuple[ListEntry, ...]:
    """Each address once, as its first item has it."""
    seen: set[tuple[str, str | None]] = set()
    kept: list[ListEntry] = []
    for entry in entries:
        key = ("", entry.url) if entry.url else (entry.name, None)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return tuple(kept)
