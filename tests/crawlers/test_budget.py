"""What the frontier finds within a site's budget, beside breadth-first, on a generated republic."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from crawlers.sample import World, generate
from crawlers.sample.deep import deepen
from crawlers.sample.replies import Answers
from crawlers.sample.routes import key

_SCRIPT = Path(__file__).parents[2] / "benchmarks" / "budget.py"


@pytest.fixture(scope="module")
def budget() -> ModuleType:
    """Return the benchmark, which is a script."""
    spec = importlib.util.spec_from_file_location("budget", _SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["budget"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def world(budget: ModuleType) -> World:
    """Return the republic of the measure."""
    return budget.republic(2026)


def test_the_republic_has_two_hundred_services_among_ten_thousand_pages(world: World):
    """The measure is taken on what the issue asks for."""
    pages = sum(len(Answers(world, site).pages) for site in world.sites.values())

    assert 195 <= len(world.services) <= 210
    assert 9500 <= pages <= 10500


@pytest.mark.soak
def test_nine_of_ten_services_are_found_within_fifteen_percent_of_the_pages(budget: ModuleType, world: World):
    """Whatever is asked for counts, a sitemap and a page that is not there too."""
    count, found, asked = budget.found_in(world, budget.fresh(budget.Frontier))
    pages = sum(len(Answers(world, site).pages) for site in world.sites.values())

    assert found >= 0.9 * count
    assert asked <= 0.16 * pages  # every site's share is rounded up


@pytest.mark.soak
def test_breadth_first_finds_fewer_than_four_of_ten(budget: ModuleType, world: World):
    """On the same republic with the same budget: the measure is not too easy."""
    count, found, _ = budget.found_in(world, budget.fresh(budget.BreadthFirst))

    assert found <= 0.4 * count


def test_a_deep_republic_has_the_services_of_a_shallow_one():
    """Only the ways to them are longer."""
    shallow = generate(25, 30)
    deep = deepen(shallow)
    site = deep.sites["sample-district-1"]
    services = [
        {page.target for page in Answers(world, site).pages.values() if page.role == "service"}
        for world in (shallow, deep)
    ]

    assert services[0] == services[1]


def test_every_page_of_a_deep_site_can_be_reached(budget: ModuleType):
    """What nothing leads to could not be found by anybody."""
    world = deepen(generate(23, 60))
    for site_id in ("sample-district-1", "sample-agriculture", "sample-justice"):
        site = world.sites[site_id]
        root = site.root.rstrip("/")
        captures = budget.asked_of(world, site, budget.BreadthFirst(), 9.0)
        asked = {key(capture.url.removeprefix(root)) for capture in captures}
        pages = {key(page.target) for page in Answers(world, site).pages.values()}

        assert not pages - asked
