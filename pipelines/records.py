"""The frozen records that flow from capture to verdict.

Every class whose docstring begins with "Row" is written to `data/core/<table>/round=<round>/*.parquet`
by `records_io`, and its fields are that file's columns, in order: a contract test keeps them equal to
the warehouse's `core_*` tables and their comments.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of a page's text with one role."""

    name: str  # header | navigation | main | aside | footer
    start: int  # characters into Page.text
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or button on a page, as a reader sees it."""

    url: str  # absolute; "" where only a script knows, as for most buttons
    text: str  # verbatim: Page.text at `offset`; of several lines where the link spans blocks
    offset: int  # characters into Page.text, where its text starts; -1 when it has no text there
    region: str
    file_type: str | None  # pdf, docx, xlsx, zip…; None for a page
    written: str = ""  # its address as it stands in the source: what a quote repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of a form."""

    name: str
    kind: str  # text, email, file, password, select, checkbox…
    label: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form on a page, with what it is for."""

    purpose: str  # of knowledge/forms.yml: search, login, application, payment… or other
    action_url: str
    method: str
    fields: tuple[Field, ...]
    submit_text: str
    offset: int  # characters into Page.text, where its text starts; -1 when it has none
    region: str
    has_captcha: bool
    action_written: str = ""  # as it stands in the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in another language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDate:
    """A date that a page states, in its own words."""

    date: date
    role: str  # published | modified | effective | other
    quote: str  # verbatim: Page.text at `offset`, or of the source's attribute named in `place`
    place: str  # "text", or an attribute as tag@attribute
    offset: int  # characters into Page.text; -1 when the quote is an attribute's


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaThing:
    """What a page declares of a service, an office or a question in the words of schema.org; "": nothing."""

    type: str  # GovernmentService, Question…
    name: str
    provider: str = ""
    audience: str = ""
    area_served: str = ""
    channel: str = ""  # where the service is had: mostly an address
    fee: str = ""  # as declared: "200 KGS"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture's cleaned content: all that judging may look at."""

    page_id: str
    capture_id: str
    country_id: str
    round_id: str
    site_id: str
    url: str
    outcome: str  # Outcome after reading: a 200 may still be a block page, a shell or a soft 404
    outcome_detail: str | None
    captured_at: datetime
    title: str
    description: str
    language: str  # ISO 639-1, "und" when it cannot be told
    text: str  # all text of the page, regions in document order, one block a line
    regions: tuple[Region, ...]
    headings: tuple[tuple[int, str], ...]  # (level, text)
    links: tuple[Link, ...]
    forms: tuple[Form, ...]
    alternates: tuple[Alternate, ...]
    media_urls: tuple[str, ...]  # embedded or linked video and audio
    schema_types: tuple[str, ...]  # schema.org types declared in JSON-LD, microdata or RDFa
    declared: tuple[tuple[str, str], ...]  # (tag@what, value) as knowledge/declared.yml names them
    parts_languages: tuple[tuple[str, int], ...]  # (language, characters)
    media_type: str
    encoding_declared: str | None
    encoding_used: str
    is_blank_form: bool | None = None  # whether a document is a form to fill in; None: no document
    dates: tuple[PageDate, ...] = ()  # that the page states, in its order
    media_written: tuple[
        str, ...
    ] = ()  # the addresses of `media_urls` as they stand in the source, in their order
    alternates_written: tuple[str, ...] = ()  # those of `alternates`, in their order
    schema_things: tuple[
        SchemaThing, ...
    ] = ()  # of services and answered questions, in JSON-LD, microdata or RDFa


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """Row of core_visits: how the visit of a site ended in a round."""

    site_id: str
    country_id: str
    round_id: str
    finish: str  # a Finish of crawlers.reports | killed | unreported
    detail: str | None
    is_cut_short: bool  # stopped by us or by our machine
    seen_count: int
    attempt_count: int
    vain_attempt_count: int  # attempts that gave nothing better than what was there
    manifest_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRow:
    """Row of core_robots: one answer to a request for a robots.txt, as a site's owner would read it."""

    capture_id: str
    country_id: str
    round_id: str
    site_id: str
    url: str
    outcome: str
    captured_at: datetime
    text: str | None  # what counts of it, in UTF-8; None where there was none to read


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """Row of core_pages: one page that a capture gave, and what kind of page it is."""

    page_id: str
    capture_id: str
    country_id: str
    round_id: str
    site_id: str
    url: str
    outcome: str
    outcome_detail: str | None
    captured_at: datetime
    title: str
    description: str
    language: str
    kind: str
    kind_confidence: float
    text: str
    text_sha256: str
    word_count: int
    link_count: int
    form_count: int
    media_type: str
    encoding_declared: str | None
    encoding_used: str
    is_blank_form: bool | None  # None: no document
    published_on: date | None  # as the page says
    modified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Row of core_findings: one indicator, seen once, on one page, in the page's own words."""

    finding_id: str
    page_id: str
    capture_id: str
    country_id: str
    round_id: str
    site_id: str
    page_url: str
    indicator_id: str
    quote: str  # verbatim: a substring of Page.text, or of the attribute named in `place`
    place: str  # "text", or an attribute as tag@attribute, for example a@href
    offset: int  # characters into Page.text; -1 when the quote is an attribute's
    region: str
    strength: str  # direct | site_wide: a header link on every page is weak evidence for one service


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Row of core_services: what a citizen or a business can ask a public body for, once."""

    service_id: str
    country_id: str
    round_id: str
    institution_id: str  # the provider, also where the service stands on the joint portal
    site_id: str  # where it was found best described
    page_id: str  # its best description
    url: str
    name: str
    language: str  # of `name`
    life_event_id: str | None
    cofog_division: str | None  # 01 to 10
    fee_amount: float | None
    fee_currency: str | None  # ISO 4217
    is_free: bool | None  # None: the pages do not say
    processing_days: float | None
    page_count: int
    unseen_count: int  # its pages that could not be looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceName:
    """Row of core_service_names: a service's name in one language, in the page's own words."""

    service_id: str
    round_id: str
    language: str
    name: str
    page_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """Row of core_service_pages: a page that speaks of a service, and how."""

    service_id: str
    round_id: str
    page_id: str
    url: str
    language: str
    role: str  # description | form | list | portal | document


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFact:
    """Row of core_service_facts: one fact about a service, with its quote."""

    service_id: str
    round_id: str
    fact: str  # recipients | documents_required | fee | processing_time | legal_basis | result | channel
    value: str  # normalised for a machine where that can be done, else the quote
    quote: str
    page_id: str
    offset: int
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAlias:
    """Row of core_service_aliases: an address or an earlier id by which a service is known."""

    service_id: str
    round_id: str
    alias: str
    kind: str  # url | id


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to a higher stage: a rule of the rubric, and what is still to be found for it to hold."""

    rule_id: str
    stage: int  # that the rule proves
    needed_count: int  # how many of `indicators` it takes, together
    indicators: tuple[str, ...]  # not found yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Row of core_verdicts: how far a service has gone online, and what proves it."""

    service_id: str
    country_id: str
    round_id: str
    stage: int | None  # 1 to 4; None is undetermined
    reason: str  # the rule that fired, or why there is no stage: an id of stages.yml
    confidence: float  # 0 to 1
    rubric_version: str
    finding_ids: tuple[str, ...]  # the findings that prove the stage, best first
    missing: tuple[str, ...]  # indicator ids of which any one alone would prove the next stage
    ways: tuple[Way, ...] = ()  # all ways to the next stage, also those that take several indicators together


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLink:
    """A link of a page's own content: not of its header, menu or footer."""

    url: str  # absolute, canonical
    text: str
    region: str
    file_type: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFact:
    """One fact that a page states about a service, with its quote."""

    fact: str  # as ServiceFact.fact
    value: str  # normalised for a machine where that can be done, else the quote
    quote: str  # verbatim: a substring of Page.text
    offset: int  # characters into Page.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One item of a page that lists services: perhaps all that a site says about that service."""

    name: str  # verbatim, as the list has it
    url: str | None  # where it leads, canonical
    heading: str  # the heading that it stands under, "" for none
    provider_id: str | None  # the institution that the list names for it
    facts: tuple[PageFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShare:
    """How probable it is that a page is of a kind."""

    kind: str
    share: float  # 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """A page cut down to what `identify` needs, so that a round can be told from all of them.

    Made by `summary.summarise`, one a page, whatever its outcome; kept per site between the two halves
    of `understand`.
    """

    page_id: str
    capture_id: str
    country_id: str
    round_id: str
    site_id: str
    institution_id: str  # of the site
    provider_id: str | None  # the institution that the page itself names as the service's provider
    is_joint_portal: bool
    url: str  # as captured
    canonical_url: str  # the same address in one spelling
    moved_to: str | None  # canonical address that it redirects to
    outcome: str
    language: str
    kind: str
    kind_confidence: float
    title: str
    h1: str
    is_document: bool  # PDF, Word…
    text_sha256: str  # of the main text without digits and spaces: equal for a page met at two addresses
    word_count: int
    links: tuple[SummaryLink, ...]
    alternates: tuple[Alternate, ...]  # canonical addresses; hreflang and language switches together
    entries: tuple[ListEntry, ...]
    facts: tuple[PageFact, ...]
    has_form: bool  # a form to apply, pay, book or follow a case: not search, login, newsletter
    kind_shares: tuple[KindShare, ...] = ()  # of all kinds that the page may well be
