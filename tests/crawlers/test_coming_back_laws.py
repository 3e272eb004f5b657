"""Laws of coming back: whatever happens to a page, each round holds what the site had then, or nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

from changing_web import ChangingWeb, Sheet, folder_of, tagged, visit_round
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.captures_io import read_body

# What the page is in one round: its words; None: it is not there.
_STATES = st.lists(st.sampled_from(["one", "two", None]), min_size=1, max_size=6)
_SERVERS = st.sampled_from(["strong", "weak", "untagged"])


def page(words: str, server: str) -> Sheet:
    """The page with these words, from a server that tags its pages or does not."""
    return Sheet(f"<p>{words}") if server == "untagged" else tagged(words=words, weak=server == "weak")


@settings(max_examples=15, deadline=None)
@given(_STATES, _SERVERS)
def test_every_round_gives_back_what_the_site_had_then(states: list[str | None], server: str):
    """Changed back and forth, gone and returned: no round shows the words of another."""
    with TemporaryDirectory() as folder:
        web = ChangingWeb({"/": tagged("/a")})
        rounds = [f"2026-{number + 1:02}" for number in range(len(states))]
        seen = []
        for round_id, words in zip(rounds, states, strict=True):
            web.sheets.pop("/a", None)
            if words:
                web.sheets["/a"] = page(words, server)
            seen.append(visit_round(Path(folder), round_id, web)["/a"])
        found = [
            read_body(folder_of(Path(folder), round_id), row).decode() if row.outcome.is_observation else None
            for round_id, row in zip(rounds, seen, strict=True)
        ]

        assert [page(words, server).body if words else None for words in states] == found


@settings(max_examples=15, deadline=None)
@given(_STATES, _SERVERS)
def test_a_body_lies_in_the_archive_no_more_often_than_it_came_anew(states: list[str | None], server: str):
    """A repetition of the last good look stores no body, and always names a capture that has one."""
    with TemporaryDirectory() as folder:
        web = ChangingWeb({"/": tagged("/a")})
        stored: set[str] = set()
        for number, words in enumerate(states):
            web.sheets.pop("/a", None)
            if words:
                web.sheets["/a"] = page(words, server)
            row = visit_round(Path(folder), f"2026-{number + 1:02}", web)["/a"]
            is_repeated = number > 0 and words is not None and words == states[number - 1]

            assert is_repeated == (row.revisit_of is not None)
            assert row.revisit_of is None or row.revisit_of in stored
            if row.revisit_of is None:
                stored.add(row.capture_id)
