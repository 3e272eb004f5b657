"""Follow the links of one page: into the frontier, or to the rule that keeps them out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer
from crawlers.network.redirects import Redirect, refresh_of
from crawlers.policy import policy
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.near_duplicates import Repeat, SaidBefore
from crawlers.visiting.parsed import ParsedPage
from crawlers.visiting.same_hosts import SameHosts
from crawlers.visiting.scoring import Region
from crawlers.visiting.trap_rules import trap_rules
from crawlers.visiting.traps import Trap, Traps

_LONGEST_SPELLING = 4  # times the longest address: what is dropped from a link may make it that much shorter


@dataclass(slots=True, kw_only=True)
class Following:
    """What is known of one site's links, beside those that wait."""

    frontier: Frontier
    owns: Callable[[Address], bool]
    on_refusal: Callable[[Refusal], None]
    same_hosts: SameHosts = field(default_factory=SameHosts)
    _traps: Traps = field(default_factory=Traps)
    _said_before: SaidBefore = field(default_factory=SaidBefore)

    def follow(self, attempt: Attempt, page: ParsedPage) -> None:
        """Go where the page that an attempt gave leads: by its links, and by its `Refresh` field."""
        self.same_hosts.answered(attempt.wanted.url, attempt.body)
        self._follow_links(attempt.wanted, page)
        self._follow_refresh(attempt)

    def follow_redirect(self, wanted: Wanted, redirect: Redirect) -> None:
        """Ask for a redirect's target next, unless it was asked for already."""
        target = redirect.follow
        if target is None:
            return
        self.same_hosts.redirected(wanted.url, target)
        comes_back = target == wanted.url and redirect.sets_cookie
        if comes_back or not self.frontier.has_seen(target):
            self.frontier.see(target)
            hop = replace(wanted, url=target, referrer_url=wanted.url, hops=wanted.hops + 1)
            self.frontier.put_back(hop)

    def _follow_refresh(self, attempt: Attempt) -> None:
        wanted, answer = attempt.wanted, attempt.answer
        for target, _ in refresh_of(answer, wanted.url) if isinstance(answer, Answer) else ():
            if self.frontier.is_new_spelling(target):
                self.consider(target, Wanted(url=target, depth=wanted.depth + 1, referrer_url=wanted.url))

    def _follow_links(self, wanted: Wanted, page: ParsedPage) -> None:
        """Learn from the page that `wanted` gave, and consider each of its links that is new."""
        links = page.links(self.frontier.has_spelling)
        repeat = self._said_before.listen(wanted.url, page.lines)
        self.frontier.learn(wanted, page.promise, repeats=repeat is not None)
        limit, trap = _limit(repeat)
        count = 0
        for target, text in links:
            if count < limit and self.frontier.is_new_spelling(target):
                count += 1
                self._consider(target, text, wanted, page)
            elif count >= limit and not self.frontier.has_spelling(target.partition("#")[0]):
                # Told once, and not noted as seen: a better page may lead there.
                self._refuse(target, wanted.url, trap)
                return

    def consider(self, target: str, link: Wanted) -> None:
        """Put `link` into the frontier, or note the rule against it; `target` is how its page spells it."""
        url = (
            canonical_url(target)
            if len(target) <= policy().max_url_characters * _LONGEST_SPELLING
            else target
        )
        trap = self._trap_at(url, link.depth)
        if url is not None and trap is None:
            rule = self.frontier.add(replace(link, url=self.same_hosts.preferred(url)))
            trap = Trap(rule=rule) if rule else None
        if trap:
            self._refuse(url or target, link.referrer_url, trap)

    def renamed(self, wanted: Wanted) -> Wanted | None:
        """Return an address under its host's other name, where that is known now; None if that was seen."""
        url = self.same_hosts.preferred(wanted.url)
        if url == wanted.url:
            return wanted
        if self.frontier.has_seen(url):
            self._refuse(
                wanted.url, wanted.referrer_url, Trap(rule=Rule.SAME_PAGE, detail=f"asked for as {url}")
            )
            return None
        self.frontier.see(url)
        return replace(wanted, url=url)

    def _consider(self, target: str, text: str, page: Wanted, parsed: ParsedPage) -> None:
        link = Wanted(
            url=target,
            depth=page.depth + 1,
            referrer_url=page.url,
            link_text=text or None,
            region=parsed.regions.get(target, Region.MAIN),
            page_promise=parsed.promise,
        )
        self.consider(target, link)

    def _trap_at(self, url: str | None, depth: int) -> Trap | None:
        """What keeps an address out of the frontier, whatever it promises."""
        address = parse_address(url) if url else None
        if url is None or address is None:
            return Trap(rule=Rule.SCHEME)
        if not self.owns(address):
            return Trap(rule=Rule.OFF_SITE)
        if len(url) > policy().max_url_characters:
            return Trap(rule=Rule.TOO_LONG, detail=f"{len(url)} characters")
        if depth > policy().max_depth:
            return Trap(rule=Rule.TOO_DEEP, detail=f"{depth} links from the first page")
        return self._traps.trap_at(url)

    def _refuse(self, url: str, referrer_url: str | None, trap: Trap) -> None:
        self.on_refusal(Refusal(url=url, referrer_url=referrer_url, rule=trap.rule, detail=trap.detail))


def _limit(repeat: Repeat | None) -> tuple[int, Trap]:
    """How many new links of a page are looked at, and what is said of the others."""
    if repeat and not repeat.is_followed:
        return 0, Trap(rule=Rule.NEAR_DUPLICATE, detail=f"the page repeats {repeat.original_url}")
    limit = trap_rules().max_links
    return limit, Trap(rule=Rule.TOO_MANY_LINKS, detail=f"the page has more than {limit} new links")
