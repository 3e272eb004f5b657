"""The sample republic is generated: the same bytes everywhere, other words or more of it when asked."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from crawlers.sample import SampleError, generate, truth
from crawlers.sample.model import Site, World
from crawlers.sample.registry_file import registry_text
from crawlers.sample.replies import Answers
from crawlers.sample.truth import as_yaml, implied_stage
from crawlers.sites import load_registry

ROOT = Path(__file__).parents[2]


def bodies(world: World, site: Site) -> list[bytes]:
    """Every page of a site, rendered."""
    answers = Answers(world, site)
    return [answers.reply(page.target).body for page in answers.pages.values()]


def test_committed_truth_is_what_is_generated(world: World) -> None:
    """truth.yml is a copy, never a second opinion."""
    committed = (ROOT / "crawlers/sample/truth.yml").read_text(encoding="utf-8")

    assert committed == as_yaml(truth(world))


def test_committed_registry_is_what_is_generated(world: World) -> None:
    """sample.yml is a copy too."""
    committed = (ROOT / "crawlers/registry/sample.yml").read_text(encoding="utf-8")

    assert committed == registry_text(world)


def test_the_registry_passes_its_own_door() -> None:
    """The sample republic's registry is read like any country's."""
    registry = load_registry("sample")

    assert registry.sample is not None
    assert (2026, len(registry.sites), 0) == (
        registry.sample.seed,
        registry.sample.sites,
        registry.sample.pages,
    )


@pytest.mark.soak
def test_two_generations_are_the_same_bytes(world: World) -> None:
    """Nothing rests on a clock, a hash seed or the order of a set."""
    again = generate(port=18401)

    for site in world.sites.values():
        assert bodies(world, site) == bodies(again, again.sites[site.id])


def test_another_process_writes_the_same_files(tmp_path: Path) -> None:
    """The order of sets differs between processes; the files do not."""
    for hash_seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "crawlers.sample",
            "--no-serve",
            "--write",
            str(tmp_path / hash_seed),
        ]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=60)

    for name in ("sample.yml", "truth.yml"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_another_seed_gives_other_wordings_and_the_same_services(world: World) -> None:
    """A benchmark may vary the words without varying what is true."""
    other = generate(seed=7, port=18401)
    site = world.sites["sample-justice"]

    assert bodies(world, site) != bodies(other, other.sites[site.id])
    assert list(world.services) == list(other.services)


def test_more_sites_and_pages_are_generated_when_asked() -> None:
    """`--sites` and `--pages` scale the republic for benchmarks."""
    large = generate(sites=50, pages=30, port=18401)
    small = generate(sites=50, port=18401)
    site = "sample-district-3"

    assert 50 == len(large.sites)
    assert 30 == len(Answers(large, large.sites[site]).pages) - len(Answers(small, small.sites[site]).pages)


def test_fewer_sites_than_the_default_are_never_given(world: World) -> None:
    """The default republic is the least there is."""
    assert len(world.sites) == len(generate(sites=2).sites)


def test_generated_districts_have_services_with_true_stages() -> None:
    """What is added for size is as true as the rest."""
    large = generate(sites=40, port=18401)
    added = [service for service in large.services.values() if "district" in service.id]

    assert len(added) >= 4 * 19
    assert [] == [service.id for service in added if service.stage != implied_stage(service)]


def test_five_hundred_districts_have_different_names() -> None:
    """Institutions of one name would be one institution."""
    names = Counter(body.name["ru"] for body in generate(sites=400).institutions.values())

    assert [] == [name for name, count in names.items() if count > 1]


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable and its value."""
    monkeypatch.setenv("BASKYCH_SAMPLE_PORT", "http")

    with pytest.raises(SampleError, match="BASKYCH_SAMPLE_PORT is 'http'"):
        generate()


def test_truth_is_plain_yaml() -> None:
    """Other programs read it without ours."""
    committed = yaml.safe_load((ROOT / "crawlers/sample/truth.yml").read_text(encoding="utf-8"))

    assert {"seed", "year", "sites", "services", "others"} == set(committed)
