"""Ask archives politely: pauses between requests, patience with a busy archive, an end to it at some point.

What is heeded is what RFC 9110 (section 10.2.3) and RFC 6585 (section 4) say: Retry-After, 503 and 429. An
archive's robots.txt is for crawlers of its pages; it does not govern its interface for programs.
"""

import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from crawlers.archives.rules import archive_rules
from crawlers.errors import ArchiveError
from crawlers.network.answers import Answer, Failure
from crawlers.network.fetch import NO_MORE
from crawlers.network.redirects import joined
from crawlers.outcomes import Outcome, about, outcome_of_status
from crawlers.policy import policy
from crawlers.politeness.retry_after import retry_after

Fetch = Callable[[str, Mapping[str, str]], Answer | Failure]
_BUSY = {429, 503}


class PoliteAsker:
    """Asks archives, each one request at a time, at least a pause apart."""

    def __init__(self, fetch: Fetch, delay_seconds: float) -> None:
        """Ask with `fetch`; `delay_seconds` lie between two requests to one host."""
        self._fetch, self._delay = fetch, delay_seconds
        self._not_before: dict[str, float] = {}  # host -> on the monotonic clock
        self._answered: set[str] = set()  # hosts; one that never did is rather a wrong address than busy

    def ask(self, url: str, more: Mapping[str, str] = NO_MORE) -> Answer:
        """Return the archive's answer for `url`, through its redirects.

        Raises:
            ArchiveError: it does not answer, sends us elsewhere, or wants to be left alone for too long.
        """
        answer = self._answer(url, more)
        for _ in range(policy().max_redirects):
            if not _is_redirect(answer):
                return answer
            target = joined(answer.asked.url, answer.header("Location") or "")
            if urlsplit(target).hostname != urlsplit(url).hostname:
                raise ArchiveError(f"{url}: leads to {target}; expected to stay with this archive")
            answer = self._answer(target, more)
        raise ArchiveError(f"{url}: more than {policy().max_redirects} redirects in a row")

    def _answer(self, url: str, more: Mapping[str, str]) -> Answer:
        """An answer that is worth reading, after as many tries as there may be."""
        wait = archive_rules().retry_seconds
        for tries_left in range(archive_rules().max_retries, -1, -1):
            answer = self._ask_once(url, more)
            trouble = _trouble(answer)
            if trouble is None and isinstance(answer, Answer):
                return answer
            asked_for = _asked_to_wait(answer)
            if asked_for > policy().retry_after_cap_seconds:
                cap = policy().retry_after_cap_seconds
                raise ArchiveError(
                    f"{url}: asks us to wait {asked_for:.0f} seconds; we wait at most {cap}, so try later"
                )
            if tries_left == 0 or not self._may_help(answer):
                break
            self._not_before[_host(url)] = time.monotonic() + (asked_for or wait)
            wait *= 2
        raise ArchiveError(f"{url}: {trouble}; expected an answer from a web archive")

    def _may_help(self, answer: Answer | Failure) -> bool:
        """Whether asking again may help."""
        if isinstance(answer, Answer):
            return True
        return about(answer.outcome).can_retry and _host(answer.asked.url) in self._answered

    def _ask_once(self, url: str, more: Mapping[str, str]) -> Answer | Failure:
        host = _host(url)
        time.sleep(max(0.0, self._not_before.get(host, 0.0) - time.monotonic()))
        answer = self._fetch(url, more)
        self._not_before[host] = time.monotonic() + self._delay
        if isinstance(answer, Answer):
            self._answered.add(host)
        return answer


def is_copy(answer: Answer) -> bool:
    """Whether an answer is an archived one, and not the archive's own word (RFC 7089, section 2.1.1)."""
    return answer.header("Memento-Datetime") is not None


def _is_redirect(answer: Answer) -> bool:
    is_moved = outcome_of_status(answer.status) is Outcome.REDIRECTED and answer.header("Location")
    return bool(is_moved) and not is_copy(answer)


def _trouble(answer: Answer | Failure) -> str | None:
    """Why an answer is not worth reading."""
    if isinstance(answer, Failure):
        return f"{answer.outcome.value} ({answer.detail})"
    if answer.is_cut:
        return "the connection ended before the answer did"
    return f"HTTP {answer.status}" if answer.status in _BUSY and not is_copy(answer) else None


def _asked_to_wait(answer: Answer | Failure) -> float:
    """Seconds that an answer asks us to wait."""
    if isinstance(answer, Failure) or _trouble(answer) is None:
        return 0.0
    return retry_after(answer.header("Retry-After"), answer.asked.asked_at)


def _host(url: str) -> str:
    return urlsplit(url).netloc
