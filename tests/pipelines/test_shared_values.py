"""What the pages of a site have in common is held once, and nothing of it is changed."""

from small_pages import summary

from pipelines.records import PageSummary
from pipelines.rounds.shared_values import sharing

_LINKS = '<a href="/a">Fees</a> <a href="/b">Forms</a>'


def read(path: str) -> PageSummary:
    """Return the summary of a page, with objects of its own."""
    return summary(f"https://justice.kg{path}", main=f"<p>Text</p>{_LINKS}")


def test_shared_summaries_equal_those_that_were_read():
    """No round comes out otherwise."""
    pages = [read("/a"), read("/b")]

    assert pages == list(sharing(pages))


def test_pages_of_a_site_have_their_links_together():
    """They are most of what a summary weighs."""
    one, other = sharing([read("/a"), read("/b")])

    assert one.links
    assert all(mine is its for mine, its in zip(one.links, other.links, strict=True))
    assert one.canonical_url is other.links[0].url
