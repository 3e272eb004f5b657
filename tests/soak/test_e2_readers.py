"""E2 at scale: who reads `latest` a thousand times during fifty releases and fifty kills sees none half done.

python -m pytest -m soak tests/soak/test_e2_readers.py -s        prints the figures
"""

import os
import random
from pathlib import Path

import pytest
from faulty_disk import KILLED, FaultyDisk
from readers import reading, views
from small_countries import SLIM, copied, rename_a_service, view

from pipelines.operating.exits import Exit

pytestmark = pytest.mark.soak
RELEASES = int(os.environ.get("BASKYCH_SOAK_RELEASES", "50"))
VIEWS = 20 * RELEASES
SEED = 2026


def test_e2_a_thousand_readers_see_whole_releases_while_fifty_are_killed(
    disk: FaultyDisk, tiny: Path, tmp_path: Path
) -> None:
    """All sums of each view hold; each reader sees releases in the order in which they were made."""
    data, chance = copied(tiny, tmp_path / "data"), random.Random(SEED)
    publish = ("publish", "--threads", "1", "--data", data)
    latest, seen = data / "publish" / "latest", tmp_path / "seen"
    count = disk.run(*publish, under=data, before=SLIM).operations
    made, kills = [view(latest)], 0
    with reading(latest, seen, readers=3):
        while min(len(made) - 1, kills) < RELEASES or sum(map(len, views(seen))) < VIEWS:
            if len(made) % 3:  # every third is the same as before
                rename_a_service(data, f"Release {len(made)}")
            # Half of the kills meet the switch, which is the last of the work.
            at = chance.choice((chance.randint(1, count), chance.randint(count - 12, count)))
            killed = disk.run(*publish, under=data, before=SLIM, at=at, fault=KILLED)
            kills += killed.code == -9
            ended = disk.run(*publish, under=data, before=SLIM)
            assert Exit.OK == ended.code, ended
            count = ended.operations  # fewer where files are taken over from the last release
            made.append(view(latest))
    looks = views(seen)

    assert kills >= RELEASES
    assert sum(map(len, looks)) >= VIEWS
    for look in looks:
        places = [max(n for n, one in enumerate(made) if one == each) for each in look]
        assert sorted(places) == places
    print(f"\n{sum(map(len, looks))} views of {len(set(made))} releases, {kills} kills")  # noqa: T201 - figures
