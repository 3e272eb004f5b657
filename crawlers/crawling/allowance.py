"""What one visit may take of a site: how many pages, and how long it pauses between two requests."""

from crawlers.sites import Registry, Site


def page_limit(site: Site, registry: Registry, max_pages: int | None) -> int:
    """Return the most pages of `site` in a round; `max_pages` counts in place of the registry's bounds."""
    return max_pages or site.max_pages or registry.crawler.max_pages


def pause_seconds(site: Site, registry: Registry) -> float:
    """Return the least pause between two requests to a host of `site`; its robots.txt may ask for more."""
    return registry.crawler.delay_seconds if site.delay_seconds is None else site.delay_seconds
