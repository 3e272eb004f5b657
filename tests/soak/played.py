"""The sample republic's ten rounds, played: served, harvested and understood, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crawlers import harvest
from crawlers.sample import generate
from crawlers.sample.registry_file import registry_text
from crawlers.sample.serving import serving
from crawlers.sample.story import Story, tell
from crawlers.sample.truth import truth_of
from crawlers.sites import Registry, load_registry
from pipelines.codes.write import write_codes
from pipelines.knowledge import load_knowledge
from warehouse.build import build


@dataclass(frozen=True, kw_only=True)
class Played:
    """A story, and the data folder that its rounds were harvested into."""

    story: Story
    registry: Registry  # serves nothing by itself
    data: Path

    def ids(self, number: int, round_id: str) -> Mapping[str, str]:
        """Return what the services of a round, counted from 1, are called in the data, by their true ids.

        Read from the round's own files: a warehouse forgets the pages that no later round needs.
        """
        places = duckdb.read_parquet(f"{self.data}/core/service_pages/round={round_id}/*.parquet")
        by_url = dict(places.filter("role <> 'list'").project("url, service_id").fetchall())
        true = truth_of(self.story.world(number)).services
        urls = {one.id: [*one.pages.values(), *one.portal.values()] for one in true}
        return {
            true_id: by_url[url] for true_id, listed in urls.items() for url in listed[::-1] if url in by_url
        }


def begin(folder: Path, port: int) -> Played:
    """Return the story before its first round, at `port` and those after it."""
    story = tell(generate(port=port))
    (folder / "sample.yml").write_text(registry_text(story.world(1)), encoding="utf-8")
    registry = load_registry(folder / "sample.yml").model_copy(update={"sample": None})
    return Played(story=story, registry=registry, data=folder / "data")


def crawl_round(played: Played, number: int, round_id: str, data: Path) -> None:
    """Harvest the republic of one round."""
    with serving(played.story.world(number)):
        harvest.crawl(played.registry, round_id=round_id, data=data)


def built(played: Played, data: Path) -> duckdb.DuckDBPyConnection:
    """Build the warehouse in `data`; return a connection that reads it."""
    write_codes(played.registry, load_knowledge(), data)
    return duckdb.connect(str(build(data).path), read_only=True)
