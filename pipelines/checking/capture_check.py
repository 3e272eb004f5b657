"""Check that captures are those that were put away: every file of every site against its manifest.

Readers of WARC do not notice a cut, so bytes and digests are compared before anything rests on them.
A release names the digest of each manifest, so that nobody can change captures and manifest together.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from crawlers.captures_io import CAPTURES_FILE
from crawlers.errors import CaptureError
from crawlers.storing.manifest import MANIFEST_FILE, check_manifest
from crawlers.storing.shelf import is_shelved
from pipelines.checking.quote_check import Fault
from pipelines.checking.sum_check import sha256_of


def check_captures(data: Path, round_id: str = "*", *, is_quick: bool = False) -> Iterator[Fault]:
    """Yield a fault for each file under `data`/captures that is not as its manifest says.

    `round_id` may be one round; a quick check looks at sizes only.
    """
    yield from _of_folders(data, capture_folders(data, round_id), is_quick=is_quick)


def check_listed_captures(data: Path, listed: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each manifest that is not as `listed`, by path under `data`, and for its files."""
    for path, expected in sorted(listed.items()):
        found = sha256_of(data / path)
        if found != expected:
            yield Fault(subject=path, expected=f"SHA-256 {expected}", found=found or "no such file")
    yield from _of_folders(data, sorted((data / path).parent for path in listed), is_quick=False)


def _of_folders(data: Path, folders: Iterable[Path], *, is_quick: bool) -> Iterator[Fault]:
    for folder in folders:
        try:
            for one in check_manifest(folder, is_quick=is_quick):
                subject = one.path.relative_to(data).as_posix()
                yield Fault(subject=subject, expected=one.expected, found=one.found)
        except CaptureError as failure:
            subject = (folder / MANIFEST_FILE).relative_to(data).as_posix()
            yield Fault(subject=subject, expected="a manifest of the site's captures", found=str(failure))


def capture_folders(data: Path, round_id: str = "*") -> list[Path]:
    """Return the folders of sites whose captures were put away."""
    found = {
        path.parent
        for name in (CAPTURES_FILE, MANIFEST_FILE)
        for path in data.glob(f"captures/{round_id}/*/{name}")
    }
    return sorted(folder for folder in found if is_shelved(folder))
