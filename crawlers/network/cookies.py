"""Cookies within one visit, for sites that do not answer without them: Scrapy's, where there are any.

Most sites set none, and to look through an empty jar twice a request costs more than to parse the page.
"""

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response


class SpareCookies(CookiesMiddleware):
    """Scrapy's cookies, except that an empty jar is not searched, and no cookie not taken."""

    def process_request(self, request: Request) -> Request | Response | None:  # type: ignore[override]
        """Add the cookies that the site set before to `request`, if it set any."""
        return super().process_request(request) if any(map(len, self.jars.values())) else None

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Keep the cookies that `response` sets, if it sets any."""
        return super().process_response(request, response) if b"Set-Cookie" in response.headers else response
