"""Sitemaps of a site `a.kg`, and a visit that looks for what is around its pages."""

from pathlib import Path

from tabled_web import Web, visited

from crawlers.reports import Finish

A = "http://a.kg"
HERE = f"{A}/sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = {"Content-Type": "application/xml"}


def urlset(*locations: str, namespace: str = NAMESPACE) -> str:
    """Return a sitemap of pages."""
    rows = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{namespace}">{rows}</urlset>'


def index(*locations: str) -> str:
    """Return a sitemap of sitemaps."""
    rows = "".join(f"<sitemap><loc>{location}</loc></sitemap>" for location in locations)
    return f'<sitemapindex xmlns="{NAMESPACE}">{rows}</sitemapindex>'


def explored(folder: Path, web: Web, **task: object) -> tuple[list[str], Finish]:
    """Visit with a look around; return the paths that were asked for, and how the visit ended."""
    finish, _ = visited(folder, web, looks_around=True, **task)
    return web.asked, finish
