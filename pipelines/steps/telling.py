"""What a step says of a site."""

from crawlers.reports import SiteReport


def in_words(report: SiteReport) -> str:
    """What came of a site's visit, in a few words: what a page that opened shows, reading tells."""
    asked = sum(report.counts.values())
    ending = "" if report.finish == "finished" else f", {report.finish.replace('_', ' ')}"
    return f"{report.seen_count} of {asked} pages opened{ending}"
