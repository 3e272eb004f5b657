"""All pages of a round at a glance: who stands where, who leads where, and what a site calls itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawlers.outcomes import Outcome
from pipelines.judging.phrases import fold
from pipelines.records import PageSummary
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import title_parts

_MOST_MOVES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """The observed pages by address, the addresses that could not be looked at, and words about both."""

    pages: Mapping[str, PageSummary]  # canonical address -> page
    failed: frozenset[str]  # canonical addresses that were asked for and gave no observation
    moved: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, int]]  # a page's address -> texts of the links to it, how often
    listed: frozenset[str]  # addresses that lists of services lead to
    site_names: Mapping[str, frozenset[str]]  # site -> folded texts that its titles share

    def resolve(self, url: str) -> PageSummary | None:
        """Return the page at `url`, after redirects; None when none was observed."""
        for _ in range(_MOST_MOVES):
            if url in self.pages or url not in self.moved:
                break
            url = self.moved[url]
        return self.pages.get(url)

    def could_not_look(self, url: str) -> bool:
        """Whether `url` was asked for and no page was seen, there or where it moved to."""
        return url in self.failed and self.resolve(url) is None


def draw_atlas(summaries: Iterable[PageSummary], words: IdentifyWords) -> Atlas:
    """Return the atlas of `summaries`; their order does not matter."""
    ordered = sorted(summaries, key=_plainest)
    pages: dict[str, PageSummary] = {}
    failed: set[str] = set()
    moved: dict[str, str] = {}
    for page in ordered:
        if Outcome(page.outcome).is_observation:
            pages.setdefault(page.canonical_url, page)
        elif page.moved_to and page.moved_to != page.canonical_url:
            moved.setdefault(page.canonical_url, page.moved_to)
        else:
            failed.add(page.canonical_url)
    return Atlas(
        pages=pages,
        failed=frozenset(failed - pages.keys()),
        moved=moved,
        anchors=_anchors(pages),
        listed=_listed(pages.values(), words),
        site_names=_site_names(pages.values(), words),
    )


def _plainest(page: PageSummary) -> tuple[str, int, str, str]:
    """Of several addresses of one page, the one without parameters that change nothing comes first."""
    return page.canonical_url, len(page.url), page.url, page.page_id


def _anchors(pages: Mapping[str, PageSummary]) -> dict[str, Counter[str]]:
    """What links call each of `pages`; most links of a country lead to what is none of them."""
    anchors: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages.values():
        for link in page.links:
            if link.text and link.url != page.canonical_url and link.url in pages:
                anchors[link.url][link.text] += 1
        for entry in page.entries:
            if entry.url and entry.url in pages:
                anchors[entry.url][entry.name] += 1
    return dict(anchors)


def _listed(pages: Iterable[PageSummary], words: IdentifyWords) -> frozenset[str]:
    return frozenset(
        entry.url for page in pages if page.kind in words.roles.list for entry in page.entries if entry.url
    )


def _site_names(pages: Iterable[PageSummary], words: IdentifyWords) -> dict[str, frozenset[str]]:
    """Parts of titles and whole first headings that several different pages of a site share."""
    parts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for page in pages:
        for part in {*title_parts(page.title), page.title, page.h1} - {""}:
            parts[page.site_id][fold(part).strip()].add(page.text_sha256)
    return {
        site: frozenset(part for part, where in shared.items() if len(where) >= words.names.shared_by_pages)
        for site, shared in parts.items()
    }
