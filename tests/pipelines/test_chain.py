"""One service's chain, from its stage down to the bytes that were captured, for whoever doubts one row."""

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from alterations import KINDS, copied
from command_line import baskych
from tiny_site import Published

from pipelines.chain import Chain, chain_of
from pipelines.inspecting.chain_view import chain_in_words
from pipelines.operating.exits import Exit


@pytest.fixture
def own(published: Published, tmp_path: Path) -> tuple[Path, Path]:
    """A release and its captures of one's own, to alter."""
    release = (published.data / "publish" / "latest").resolve()
    copied(published.data / "captures", tmp_path / "captures")
    return copied(release, tmp_path / "publish" / release.name), tmp_path


def service_in(release: Path) -> str:
    """Return the id of the one service that the small office has."""
    return str(pq.read_table(release / "data/out_services.parquet").to_pylist()[0]["service_id"])


def chain(release: Path, data: Path) -> Chain:
    """Return the chain of that service."""
    return chain_of(service_in(release), release, data)


def broken(release: Path, data: Path) -> set[str]:
    """Return which links do not hold."""
    found = chain(release, data)
    links = [found.rule, *found.files, *found.sums, *(link for proof in found.proofs for link in proof.links)]
    return {link.what for link in links if not link.is_true}


def test_a_true_chain_is_whole_from_stage_to_warc(own: tuple[Path, Path]):
    """Words, body, place of the record, WARC file and manifest, of each finding that proves the stage."""
    found = chain(*own)

    assert found.is_whole
    assert found.proofs
    assert ["quote", "body", "record"] == [link.what for link in found.proofs[0].links]
    assert ["warc", "manifest"] == [link.what for link in found.files]


@pytest.mark.parametrize(
    ("kind", "links"),
    [
        ("quote", {"quote", "sums"}),
        ("stage", {"rule", "sums"}),
        ("evidence", {"manifest"}),
        ("captures_named", {"manifest", "sums"}),
    ],
)
def test_a_link_that_does_not_hold_is_the_one_that_was_altered(
    own: tuple[Path, Path], kind: str, links: set[str]
):
    """And the list of sums, where it was not made to fit."""
    for seed in range(20):  # until chance hits what this service rests on
        KINDS[kind](*own, random.Random(seed))
        if links <= broken(*own):
            break

    assert links <= broken(*own)


def test_a_capture_that_is_gone_is_said(own: tuple[Path, Path]):
    """Evidence without its page is no evidence."""
    for path in own[1].glob("captures/*/*/captures.parquet"):
        path.unlink()

    assert "record" in broken(*own)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_chain_is_told_in_three_languages(own: tuple[Path, Path], language: str):
    """Each with the page's own words, the rule's wording, and where the record lies."""
    found = chain(*own)
    words = chain_in_words(found, language)

    assert found.proofs[0].quote.split("\n")[0][:20] in words
    assert "captures/2026-11/xy-registry/" in words
    assert "{" not in words


def test_verify_with_a_services_id_shows_its_chain(published: Published):
    """Whole, with 0; the id is as `out_services` has it."""
    service_id = service_in(published.data / "publish" / "latest")
    ended = baskych("verify", service_id, "--data", str(published.data))

    assert Exit.OK == ended.exit_code, ended.output
    assert "The chain is whole" in ended.stdout


def test_5_a_service_that_there_is_not_is_named_with_the_nearest(published: Published):
    """Most such ids are mistyped."""
    known = service_in(published.data / "publish" / "latest")
    ended = baskych("verify", f"{known[:-1]}x", "--data", str(published.data))

    assert Exit.UNKNOWN_SITE == ended.exit_code
    assert f"an id of out_services such as {known}" in " ".join(ended.stderr.split())


def test_13_where_nothing_was_published_no_service_can_be_looked_up(tmp_path: Path):
    """The step before it is named by the exit."""
    assert Exit.NOTHING_THERE == baskych("verify", "svc-none", "--data", str(tmp_path)).exit_code
