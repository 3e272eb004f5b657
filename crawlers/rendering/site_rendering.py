"""Render the thin pages of one site, as long as a measurement says that it gives text."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache

from crawlers.captures import Capture
from crawlers.network.answers import Answer
from crawlers.network.sniff import HTML
from crawlers.outcomes import Outcome
from crawlers.policy import user_agent
from crawlers.rendering.browser import BrowserError, Chromium, Persona
from crawlers.rendering.conversion import DOM_TYPE, conversion_of
from crawlers.rendering.errands import Errands, Means, Served
from crawlers.rendering.rules import rendering_rules
from crawlers.rendering.trial import Gain, Trial
from crawlers.rendering.visible import is_thin, text_of, visible_characters
from crawlers.sites import Registry, Rendering, Site
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.task import Task, Tools

_log = logging.getLogger(__name__)  # which the crawling process hands to its parent


@asynccontextmanager
async def rendering(site: Site, registry: Registry, task: Task, tools: Tools) -> AsyncIterator[None]:
    """Let a visit render pages, where the registry allows it; end the browser with the visit."""
    if (site.render or registry.crawler.render) is Rendering.NEVER:
        yield
        return
    persona = Persona(user_agent=user_agent(registry), language=next(iter(site.languages), "en"))
    async with Chromium(persona) as browser:
        tools.render = SiteRendering(task, tools, browser).render
        yield


@cache
def _room() -> asyncio.Semaphore:
    """Room for so many browsers at work at once in this process."""
    return asyncio.Semaphore(rendering_rules().browsers_at_once)


class SiteRendering:
    """The rendering of one site's pages during one visit."""

    def __init__(self, task: Task, tools: Tools, browser: Chromium) -> None:
        """Render with `browser` what the visit of `task` with `tools` finds thin."""
        self._tools, self._browser, self._trial = tools, browser, Trial()
        self._errands = Errands(
            Means(
                fetch=tools.fetch,
                hosts=tools.hosts,
                owns=task.owns,
                stop=tools.stop,
                record=tools.recorder.record,
                on_refusal=tools.on_refusal,
            )
        )

    async def render(self, attempt: Attempt, capture: Capture) -> Attempt | None:
        """Return a page as its scripts left it, recorded; None where that gave no more text."""
        answer = attempt.answer
        if attempt.outcome is not Outcome.OK or capture.media_type != HTML or not isinstance(answer, Answer):
            return None
        said = answer.header("Content-Type")
        if not self._trial.goes_on or not is_thin(attempt.body, capture.url, said):
            return None
        dom = await self._dom(attempt, capture, said or HTML)
        if dom is None:
            return None
        before = visible_characters(text_of(attempt.body, capture.url, said))
        gain = Gain(before=before, after=visible_characters(dom))
        self._trial.note_gain(gain)
        _log.info("page_rendered url=%s before=%d after=%d", capture.url, gain.before, gain.after)
        return self._kept(attempt, capture, dom, gain) if gain.is_real else None

    async def _dom(self, attempt: Attempt, capture: Capture, content_type: str) -> str | None:
        """The page after its scripts ran; None, told and counted, where the browser gave nothing."""
        rules = rendering_rules()
        self._errands.begin(capture.url)
        wire = Served(status=200, headers={"Content-Type": content_type}, body=attempt.body)
        seconds = rules.seconds_per_page + rules.requests_per_page * attempt.delay_seconds
        try:
            async with _room():
                return await self._browser.dom(capture.url, wire, self._errands.run, seconds)
        except BrowserError as failure:
            self._trial.note_failure()
            _log.warning("page_not_rendered url=%s why=%s", capture.url, failure)
            return None

    def _kept(self, attempt: Attempt, capture: Capture, dom: str, gain: Gain) -> Attempt:
        """Record the page as it became, and return it as if the server had sent it so."""
        record = conversion_of(capture, dom, gain, self._browser.version)
        self._tools.on_capture(self._tools.recorder.record_version(capture, record))
        answer = attempt.answer
        if isinstance(answer, Answer):
            answer = replace(answer, headers=(("Content-Type", DOM_TYPE),), body=record.block)
        return replace(attempt, answer=answer, body=record.block)
