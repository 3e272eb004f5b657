"""How far long work is, told to a person and to a log."""

import io

import pytest

from pipelines.operating.progress import Bars, Lines, Quiet, reporter


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_gets_bars():
    """A person sees a bar."""
    chosen = reporter(quiet=False, no_progress=False, environment={"TERM": "xterm"}, stream=Terminal())

    assert isinstance(chosen, Bars)


@pytest.mark.parametrize("environment", [{}, {"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1", "TERM": "xterm"}])
def test_a_log_gets_plain_lines_whatever_force_color_says(environment: dict[str, str]):
    """Colours may be forced into a log; a bar in a log is a flood."""
    chosen = reporter(quiet=False, no_progress=False, environment=environment, stream=io.StringIO())

    assert isinstance(chosen, Lines)


def test_a_terminal_without_a_cursor_gets_plain_lines():
    """TERM=dumb cannot draw a bar."""
    chosen = reporter(quiet=False, no_progress=False, environment={"TERM": "dumb"}, stream=Terminal())

    assert isinstance(chosen, Lines)


def test_no_progress_means_plain_lines_on_a_terminal_too():
    """The person decides."""
    chosen = reporter(quiet=False, no_progress=True, environment={}, stream=Terminal())

    assert isinstance(chosen, Lines)


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]):
    """Only results and errors are left."""
    with reporter(quiet=True, no_progress=False, environment={}, stream=Terminal()).step("crawl", 1) as step:
        step.finished("sample-salyk", "41 pages")

    assert ("", "") == tuple(capsys.readouterr())


def test_plain_lines_say_each_part_that_is_done():
    """One line a site, with its place in the whole."""
    said: list[str] = []

    with Lines(said.append).step("crawl", 2) as step:
        step.finished("sample-salyk", "41 pages")

    assert "crawl  1 of 2  sample-salyk: 41 pages" == said[0]
    assert said[-1].startswith("crawl  done in ")


def test_plain_lines_do_not_flood_a_log():
    """What moves inside a part is told at most every half minute."""
    said: list[str] = []

    with Lines(said.append).step("crawl", 2) as step:
        for page in range(1000):
            step.went_on(f"{page} pages")

    assert 1 == len(said)


def test_a_bar_goes_to_standard_error_only(capsys: pytest.CaptureFixture[str]):
    """Standard output is left to results."""
    with Bars().step("crawl", 1) as step:
        step.finished("sample-salyk", "41 pages [all]")

    assert "" == capsys.readouterr().out


def test_quiet_is_a_reporter_of_its_own():
    """Functions that are called without a person take it by default."""
    with Quiet().step("crawl", 3) as step:
        step.went_on("nothing is said")

    assert isinstance(step, Quiet)
