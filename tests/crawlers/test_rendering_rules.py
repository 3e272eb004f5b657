"""When a page is rendered: decided by measuring, and never without a reason."""

import pytest

from crawlers.rendering.rules import rendering_rules
from crawlers.rendering.trial import Gain, Trial
from crawlers.rendering.visible import is_thin, visible_characters

REAL, NONE = Gain(before=10, after=3000), Gain(before=10, after=30)
SHELL = (
    b"<title>Exia</title><noscript>Enable JavaScript</noscript><div id=root></div><script src=/a.js></script>"
)


@pytest.mark.parametrize(
    ("before", "after", "is_real"),
    [
        (0, 3000, True),
        (10, 3000, True),
        (10, 150, False),
        (2000, 2300, False),
        (300, 600, True),
        (0, 0, False),
    ],
)
def test_a_gain_is_real_when_it_is_much_text_and_much_more_than_before(
    before: int, after: int, *, is_real: bool
):
    """A menu or a spinner is no gain, nor is a longer version of a page that could be read anyway."""
    assert is_real == Gain(before=before, after=after).is_real


def test_two_probes_without_gain_end_the_trial():
    """A site whose scripts add nothing is not burdened further."""
    trial = Trial()
    for _ in range(rendering_rules().probes):
        assert trial.goes_on
        trial.note_gain(NONE)

    assert not trial.goes_on


def test_one_real_gain_is_enough_for_the_visit_within_its_budget():
    """Then thin pages are rendered, up to the site's budget."""
    trial, count = Trial(), 0
    while trial.goes_on:
        trial.note_gain(NONE if count % 2 else REAL)
        count += 1

    assert rendering_rules().pages_per_site == count


def test_a_browser_that_keeps_failing_is_left_alone():
    """Three failures in a row are enough, even where pages gained before."""
    trial = Trial()
    trial.note_gain(REAL)
    for _ in range(rendering_rules().failures_in_a_row):
        assert trial.goes_on
        trial.note_failure()

    assert not trial.goes_on


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SHELL, True),
        (SHELL.replace(b"<script src=/a.js></script>", b""), False),
        (SHELL + b"<p>" + b"words " * 200, False),
        (SHELL + b"<style>" + b"p{} " * 900 + b"</style><script>" + b"x;" * 900 + b"</script>", True),
    ],
    ids=["shell", "no script", "text", "code is no text"],
)
def test_a_page_is_thin_when_it_has_scripts_and_hardly_any_text(body: bytes, *, expected: bool):
    """Only such a page is ever tried."""
    assert expected == is_thin(body, "http://a.kg/", "text/html")


def test_what_no_reader_sees_is_not_counted():
    """Scripts, styles, templates and what stands in <noscript> are no text; spaces are folded."""
    html = "<title>t</title><p>one   two</p><script>x</script><noscript>y</noscript><template>z</template>"

    assert len("one two") == visible_characters(html)
