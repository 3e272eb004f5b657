"""The system's Chromium, without a network of its own: every request of a page is answered by us.

Three locks, each of which would do: all requests are intercepted and answered from `Errands`; no name
resolves; and the only proxy is a port at which nobody listens. Whatever the browser does, this process
goes on: it has a limit of time, and its death is a typed failure.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from crawlers.errors import CrawlersError
from crawlers.rendering.errands import Served
from crawlers.rendering.rules import find_chromium, rendering_rules

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Playwright, Route, WebSocketRoute

# A page that wants to go elsewhere stays (RFC 9110, 15.3.5); an abort would put the browser's own error page
# in its place. Frames stay empty: they have addresses of their own.
_STAY = Served(status=204, headers={}, body=b"")
Answering = Callable[[str, str, str], Awaitable[Served | None]]


class BrowserError(CrawlersError):
    """The browser gave nothing: it is not there, did not start, died, or took too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """As whom pages meet us."""

    user_agent: str
    language: str


class Chromium:
    """One browser, started when it is first needed: a context that ends it."""

    def __init__(self, persona: Persona) -> None:
        """Be ready to start a browser as `persona`."""
        self._persona = persona
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def __aenter__(self) -> Self:
        """Nothing is started before the first page comes."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the browser and what drives it."""
        await self._end()

    @property
    def version(self) -> str:
        """Name and version of the browser that runs."""
        return f"chromium/{self._browser.version}" if self._browser else "chromium"

    async def dom(self, url: str, wire: Served, answering: Answering, seconds: float) -> str:
        """Return the page at `url` as its scripts leave it; `wire` is what the server sent for it.

        Raises:
            BrowserError: there is no browser, or it died, or took longer than `seconds`.
        """
        rules = rendering_rules()
        try:
            async with asyncio.timeout(rules.seconds_to_start):
                browser = await self._started()
            async with asyncio.timeout(seconds):
                html = await self._rendered(browser, url, wire, answering)
        except TimeoutError as late:
            await self._end()
            raise BrowserError(f"{url}: not rendered within {seconds:g} s") from late
        except _playwright_error() as failure:
            await self._end()
            raise BrowserError(f"{url}: {str(failure).partition(chr(10))[0]}") from failure
        if len(html) > rules.max_dom_characters:
            raise BrowserError(
                f"{url}: more than {rules.max_dom_characters} characters after its scripts ran"
            )
        return html

    async def _started(self) -> "Browser":
        if self._browser is None or not self._browser.is_connected():
            await self._end()
            path = find_chromium()
            if path is None:
                raise BrowserError("no Chromium is installed; on Debian: apt-get install chromium")
            self._playwright = await _start_playwright()
            self._browser = await self._playwright.chromium.launch(
                executable_path=path, args=list(rendering_rules().all_arguments)
            )
        return self._browser

    async def _rendered(self, browser: "Browser", url: str, wire: Served, answering: Answering) -> str:
        size = rendering_rules().viewport
        context = await browser.new_context(
            user_agent=self._persona.user_agent,
            locale=self._persona.language,
            viewport={"width": size.width, "height": size.height},
            service_workers="block",
            accept_downloads=False,
        )
        try:
            page = await _new_page(context, wire, answering)
            await page.goto(
                url, wait_until="commit"
            )  # a page that would go elsewhere never says that it is loaded
            with contextlib.suppress(_playwright_error()):  # a page that never stops asking has its text too
                await page.wait_for_load_state(
                    "networkidle", timeout=rendering_rules().seconds_to_idle * 1000
                )
            html = str(await page.content())
            if page.url.startswith("chrome-error:"):
                raise BrowserError(f"{url}: the browser shows an error of its own instead")
            return html
        finally:
            with contextlib.suppress(TimeoutError, _playwright_error()):  # `dom` ends a browser that hangs
                await asyncio.wait_for(context.close(), rendering_rules().seconds_to_start)

    async def _end(self) -> None:
        """End the browser, by force where it does not end itself."""
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        for ending in (browser and browser.close, playwright and playwright.stop):
            if ending:
                with contextlib.suppress(TimeoutError, _playwright_error()):
                    await asyncio.wait_for(ending(), rendering_rules().seconds_to_start)


async def _new_page(context: "BrowserContext", wire: Served, answering: Answering) -> "Page":
    """Return a page whose first document is `wire`; its further requests are answered by `answering`."""
    is_opened = False

    async def answer(route: "Route") -> None:
        nonlocal is_opened
        request = route.request
        is_document = request.is_navigation_request()
        if is_document and not is_opened:
            is_opened = True
            served: Served | None = wire
        else:
            served = (
                _STAY if is_document else await answering(request.url, request.resource_type, request.method)
            )
        with contextlib.suppress(_playwright_error()):  # the page was closed meanwhile: nobody waits
            if served is None:
                await route.abort()
            else:
                await route.fulfill(status=served.status, headers=served.headers, body=served.body)

    async def refuse(socket: "WebSocketRoute") -> None:
        await socket.close()

    await context.route("**/*", answer)
    await context.route_web_socket("**/*", refuse)
    return await context.new_page()


async def _start_playwright() -> "Playwright":
    try:
        from playwright.async_api import async_playwright  # noqa: PLC0415 - the extra `browser`
    except ImportError as missing:
        raise BrowserError("playwright is not installed; it is in the extra `browser`") from missing
    return await async_playwright().start()


def _playwright_error() -> type[Exception]:
    try:
        from playwright.async_api import Error  # noqa: PLC0415 - the extra `browser`
    except ImportError:
        return BrowserError
    return Error
