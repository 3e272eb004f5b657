"""Answer a request for an address of a site: a pure function of world, site and address."""

from functools import cached_property
from urllib.parse import urlencode, urlsplit

from crawlers.sample.documents import document
from crawlers.sample.machine import data_reply, json_ld
from crawlers.sample.model import Site, World
from crawlers.sample.pages import pages_of
from crawlers.sample.render import render
from crawlers.sample.reply import HTML, Reply, redirect
from crawlers.sample.routes import Key, Page, key
from crawlers.sample.views import frame, view_of
from crawlers.sample.whole_sites import whole_site

_FILE_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Answers:
    """All answers of one site."""

    def __init__(self, world: World, site: Site) -> None:
        """Answer for `site` of `world`; nothing is made before it is asked for."""
        self.world = world
        self.site = site

    @cached_property
    def pages(self) -> dict[Key, Page]:
        """The site's pages by what tells their addresses apart."""
        return pages_of(self.world, self.site)

    def reply(self, target: str) -> Reply:
        """Return the answer to a GET of `target`, path and query."""
        path = urlsplit(target).path
        special = whole_site(self.world, self.site, target)
        if special:
            return special
        if path == "/robots.txt" and self.site.robots:
            return Reply(status=200, content_type="text/plain; charset=utf-8", body=self.site.robots.encode())
        if path == "/sitemap.xml" and "sitemap" in self.site.quirks:
            return self._sitemap()
        data = data_reply(self.world, self.site, target)
        if data:
            return data
        page = self.pages.get(key(target))
        return self._shown(page) if page else self._missing(target)

    def _shown(self, page: Page) -> Reply:
        service = self.world.services.get(page.service_id or "")
        if page.role == "file" and service and page.file_type:
            body = document(self.world, self.site, service, page.language, page.file_type)
            return Reply(status=200, content_type=_FILE_TYPES[page.file_type], body=body)
        if page.template == "sso":
            return redirect(_authorize(self.world, self.site, page))
        view = view_of(self.world, self.site, page)
        if service and page.role == "service" and "json-ld" in self.site.quirks:
            view["json_ld"] = json_ld(self.world, self.site, service, page.language)
        return self._page(f"pages/{page.template}", view, 200)

    def _missing(self, target: str) -> Reply:
        page = Page(
            site_id=self.site.id,
            role="page",
            target=target,
            language=self.site.languages[0],
            kind="error",
            template="not-found",
        )
        view = frame(self.world, self.site, page)
        return self._page("pages/not-found", view, 200 if "soft-404" in self.site.quirks else 404)

    def _page(self, template: str, view: dict[str, object], status: int) -> Reply:
        content_type = HTML if self.site.charset is None else f"{HTML}; charset={self.site.charset}"
        body = render(template, view, self.site.encoding)
        return Reply(status=status, content_type=content_type, body=body)

    def _sitemap(self) -> Reply:
        listed = (
            page for page in self.pages.values() if page.role in {"home", "services", "service", "page"}
        )
        rows = "\n".join(f"<url><loc>{self.site.root}{page.target[1:]}</loc></url>" for page in listed)
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'
        )
        return Reply(status=200, content_type="application/xml", body=body.replace("&", "&amp;").encode())


def _authorize(world: World, site: Site, page: Page) -> str:
    identity = next(other for other in world.sites.values() if "sso-host" in other.quirks)
    asked = {
        "client_id": site.id,
        "redirect_uri": f"{site.root}auth/callback",
        "response_type": "code",
        "scope": "openid profile",
        "state": page.service_id,
        "ui_locales": page.language,
    }
    return f"{identity.root}connect/authorize?{urlencode(asked)}"
