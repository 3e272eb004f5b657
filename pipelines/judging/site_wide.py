"""Tell a site's own words from those about one service.

A log-in link that every page carries says that the site has accounts; it says little about the one
service that a page describes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.records import Finding
from pipelines.rounds.understand_rules import understand_rules

DIRECT = "direct"
SITE_WIDE = "site_wide"


def with_strength(findings: Sequence[Finding], languages: Mapping[str, str]) -> list[Finding]:
    """Return a site's findings, each with its strength.

    `languages`: the language of each page of the site that could be looked at, by page id. Words repeat
    only among pages in one language.
    """
    sizes = Counter(languages.values())
    said = [_words(one, languages) for one in findings]
    counts = Counter(
        words for _, words in {(one.page_id, words) for one, words in zip(findings, said, strict=True)}
    )
    return [
        _of_strength(one, _strength(one, counts[words], sizes[languages[one.page_id]]))
        for one, words in zip(findings, said, strict=True)
    ]


def _of_strength(finding: Finding, strength: str) -> Finding:
    return finding if finding.strength == strength else replace(finding, strength=strength)


def _words(finding: Finding, languages: Mapping[str, str]) -> tuple[str, ...]:
    return languages[finding.page_id], finding.indicator_id, finding.region, finding.quote


def _strength(finding: Finding, count: int, pages: int) -> str:
    rules = understand_rules()
    if finding.region in rules.always_site_wide:
        return SITE_WIDE
    repeated = rules.site_wide[finding.region]
    return SITE_WIDE if count >= max(repeated.pages, repeated.share * pages) else DIRECT
