"""Walk through a site's archived pages as a visit would have: from its first addresses, link by link.

So each copy gets the depth that it had, and pages come to light that copies lead to and the archive lacks.
Nothing is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from crawlers.captures import Capture
from crawlers.network.addresses import Address
from crawlers.network.redirects import joined
from crawlers.network.sniff import HTML
from crawlers.outcomes import Outcome
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.following import Following
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.parsed import ParsedPage

_LEADS_ON = {Outcome.OK, Outcome.UNCHANGED}


def walk(
    copies: Mapping[str, Capture],
    seeds: Iterable[str],
    owns: Callable[[Address], bool],
    body_of: Callable[[Capture], bytes],
) -> Iterator[Wanted]:
    """Yield each address that the walk meets, once, in a visit's order, also those that have no copy.

    Args:
        copies: canonical address -> the capture made of its copy.
        seeds: where the site begins; without any, its shallowest copies are taken for its first pages.
        owns: whether an address is the site's.
        body_of: gives the body of a capture.
    """
    frontier = Frontier()
    following = Following(frontier=frontier, owns=owns, on_refusal=lambda _: None)
    beginning = [Wanted(url=url, depth=0, is_seed=True) for url in _beginning(copies, seeds)]
    # What no link leads to comes last, and is never taken for a first page.
    lonely = [
        Wanted(url=url, depth=max(1, folders(url)))
        for url in sorted(copies, key=lambda url: (folders(url), url))
    ]
    for starts in (beginning, *([one] for one in lonely)):
        for start in starts:
            frontier.add(start)  # nothing happens where it was met before
        while wanted := frontier.take():
            known = following.renamed(wanted)
            if known:
                yield known
                capture = copies.get(known.url)
                if capture:
                    _follow(following, known, capture, body_of)


def folders(url: str) -> int:
    """Return how many folders deep an address is: the nearest thing to links followed, where none leads."""
    return max(0, url.partition("?")[0].rstrip("/").count("/") - 2)


def _beginning(copies: Mapping[str, Capture], seeds: Iterable[str]) -> list[str]:
    named = [url for url in map(canonical_url, seeds) if url]
    least = min(map(folders, copies), default=0)
    return named or sorted(url for url in copies if folders(url) == least)


def _follow(
    following: Following, wanted: Wanted, capture: Capture, body_of: Callable[[Capture], bytes]
) -> None:
    if capture.redirect_url:
        # As in a visit, where a redirect leads is as near as the redirect.
        target = joined(wanted.url, capture.redirect_url)
        following.consider(target, Wanted(url=target, depth=wanted.depth, referrer_url=wanted.url))
    elif capture.outcome in _LEADS_ON and capture.media_type == HTML:
        body = body_of(capture)
        attempt = Attempt(wanted=wanted, outcome=capture.outcome, body=body)
        following.follow(attempt, ParsedPage(body, wanted.url, capture.content_type))
