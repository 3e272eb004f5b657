"""Sites that answer everything in one way: blocked, lapsed, moved, walled, empty without JavaScript."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from crawlers.sample.choose import number
from crawlers.sample.model import Site, World
from crawlers.sample.render import render
from crawlers.sample.reply import HTML, Reply, redirect
from crawlers.sample.routes import Page, service_address
from crawlers.sample.views import frame

_UTF8 = f"{HTML}; charset=utf-8"


def whole_site(world: World, site: Site, target: str) -> Reply | None:
    """Return the answer of a site that has the same for every address; None for one that has pages."""
    for quirk, answer in _ANSWERS.items():
        if quirk in site.quirks:
            return answer(world, site, target)
    return None


def _block_page(world: World, site: Site, target: str) -> Reply:
    support_id = number(10**15, world.seed, site.id, target)
    return Reply(
        status=403, content_type=_UTF8, body=render("whole/block-page", {"support_id": support_id}, "utf-8")
    )


def _robots_503(world: World, site: Site, target: str) -> Reply:
    if target == "/robots.txt":
        return Reply(status=503, content_type="text/plain", body=b"Service Unavailable\n")
    return _whole(world, site, target, "whole/login-wall")


def _shell(world: World, site: Site, target: str) -> Reply:
    if target == "/robots.txt":
        return _nothing()
    return _whole(world, site, target, "whole/javascript-shell")


def _casino(world: World, site: Site, target: str) -> Reply:
    return _nothing() if target == "/robots.txt" else _whole(world, site, target, "whole/casino")


def _login_wall(world: World, site: Site, target: str) -> Reply:
    if target == "/robots.txt":
        return _nothing()
    return _whole(world, site, target, "whole/login-wall") if target == "/login" else redirect("/login")


def _moved(world: World, site: Site, target: str) -> Reply:
    """Every address leads to the joint portal, that of a service to the service there."""
    if target == "/robots.txt":
        return _nothing()
    moved = [service for service in world.services.values() if service.institution_id == site.institution_id]
    for service in moved:
        if service.id in target:
            found = service_address(world.portal, "service", site.languages[0], service)
            return redirect(world.portal.root.rstrip("/") + found, 301)
    return redirect(f"{world.portal.root}{site.languages[0]}/", 301)


def _identity(world: World, site: Site, target: str) -> Reply:
    if target == "/robots.txt":
        return _nothing()
    asked = parse_qs(urlsplit(target).query).get("ui_locales", [site.languages[0]])[0]
    language = asked if asked in site.languages else site.languages[0]
    page = Page(
        site_id=site.id, role="home", target=target, language=language, kind="account", template="identity"
    )
    return Reply(
        status=200, content_type=_UTF8, body=render("pages/identity", frame(world, site, page), "utf-8")
    )


def _whole(world: World, site: Site, target: str, template: str) -> Reply:
    page = Page(site_id=site.id, role="home", target=target, language=site.languages[0], kind=None)
    return Reply(status=200, content_type=_UTF8, body=render(template, frame(world, site, page), "utf-8"))


def _nothing() -> Reply:
    return Reply(status=404, content_type="text/plain", body=b"Not Found\n")


_ANSWERS: dict[str, Callable[[World, Site, str], Reply]] = {
    "block-page": _block_page,
    "robots-503": _robots_503,
    "javascript-shell": _shell,
    "casino": _casino,
    "login-wall": _login_wall,
    "redirects-to-portal": _moved,
    "sso-host": _identity,
}
