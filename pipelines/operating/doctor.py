"""Look at this machine, the registry and the data folder, and say what to do about each fault.

The doctor changes nothing: where the data folder is not there yet, it asks whether it could be made. What it
looks at where that folder is a store, `store_signs` has.
"""

import importlib.metadata
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from crawlers.errors import CrawlersError, LockHeldError
from crawlers.rendering.rules import find_chromium
from crawlers.sites import known_countries, load_registry
from crawlers.stores.place import place_of
from crawlers.storing.lock import refuse_another
from crawlers.writable import could_write, nearest_folder
from pipelines.checking.capture_check import capture_folders, check_captures
from pipelines.contact import fault_of_contact
from pipelines.months import this_round
from pipelines.operating.signs import Sign
from pipelines.operating.store_signs import store_signs
from pipelines.scope import Scope

_OLDEST, _NEWEST = (3, 11), (3, 13)
_BYTES_IN_GIB = 1024**3
_FREE_GIB_FAULT, _FREE_GIB_NOTE = 0.5, 5.0


def examine(country: str | None, registry_file: Path | None, data: Path) -> tuple[Sign, ...]:
    """Return everything that was looked at, in the order in which a run would need it.

    Raises:
        StoreError: `data` is the workplace of a store that cannot be asked.
    """
    here = (_python(), _packages(), _chromium(), _clock(), *_registry(country, registry_file, data))
    if place_of(data):
        return (*here, _disk(data), *store_signs(data))
    return (*here, _data_folder(data), _disk(data), _captures(data), _lock(data), _release(data))


def stops_a_run(signs: Sequence[Sign]) -> bool:
    """Return whether a run would fail."""
    return any(sign.state == "fault" for sign in signs)


def _python() -> Sign:
    version = sys.version_info[:3]
    seen = ".".join(map(str, version))
    if _OLDEST <= version[:2] <= _NEWEST:
        return Sign(name="Python", state="ok", seen=seen)
    return Sign(name="Python", state="fault", seen=seen, advice="Install Python 3.11, 3.12 or 3.13.")


def _packages() -> Sign:
    """Every package that `pyproject.toml` names must be installed; which versions, the lock says."""
    missing = []
    for requirement in importlib.metadata.requires("baskych") or []:
        if "extra ==" in requirement:
            continue
        name = requirement.split(";")[0].split("==")[0].split(">")[0].split("<")[0].strip()
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        advice = "Run `make run` once: it installs the locked packages."
        return Sign(name="packages", state="fault", seen=f"missing: {', '.join(missing)}", advice=advice)
    return Sign(name="packages", state="ok", seen=f"all there, in {sysconfig.get_path('purelib')}")


def _chromium() -> Sign:
    found = find_chromium()
    if found:
        return Sign(name="Chromium", state="ok", seen=found)
    advice = "Sites that need JavaScript will be recorded as such, not judged. `make browser` installs it."
    return Sign(name="Chromium", state="note", seen="not found", advice=advice)


def _clock() -> Sign:
    """Captures carry the time: a clock before this release was made is wrong."""
    now = datetime.now(UTC)
    installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    seen = f"{now:%Y-%m-%d %H:%M} UTC"
    if now >= installed:
        return Sign(name="clock", state="ok", seen=seen)
    advice = f"The clock is behind Baskych's own files ({installed:%Y-%m-%d %H:%M} UTC): set it."
    return Sign(name="clock", state="fault", seen=seen, advice=advice)


def _registry(country: str | None, registry_file: Path | None, data: Path) -> tuple[Sign, ...]:
    """Whether it can be used; and if so, whether its contact reaches anybody."""
    name = f"registry {registry_file or country or 'sample'}"
    try:
        registry = load_registry(registry_file or country or "sample")
    except CrawlersError as error:
        advice = "Correct what is named, then ask the doctor again."
        return (Sign(name=name, state="fault", seen=str(error), advice=advice),)
    live = len(registry.live_sites)
    seen = f"{live} live of {len(registry.sites)} sites, {len(registry.institutions)} institutions"
    others = f"; shipped: {', '.join(known_countries())}"
    month = this_round(registry.country.time_zone)
    scope = Scope(registry=registry, registry_file=registry_file, data=data, round_id=month)
    return (Sign(name=name, state="ok", seen=seen + others), _contact(scope))


def _contact(scope: Scope) -> Sign:
    fault = fault_of_contact(scope)
    if fault is None:
        return Sign(name="contact", state="ok", seen=scope.registry.crawler.contact)
    advice = (
        "Write a page or a mailbox of your own into `crawler.contact` of that file, or of a copy of it for"
        " --registry FILE: it stands in every request. The web is not crawled without."
    )
    return Sign(name="contact", state="fault", seen=fault, advice=advice)


def _data_folder(data: Path) -> Sign:
    """The nearest folder that exists must be one in which we may write."""
    path, nearest = data.resolve(), nearest_folder(data)
    if could_write(data):
        seen = str(path) if nearest == path else f"{path} (a run makes it)"
        return Sign(name="data folder", state="ok", seen=seen)
    advice = "Choose another with --data DIR or BASKYCH_DATA, or give yourself the right to write."
    return Sign(name="data folder", state="fault", seen=f"{nearest}: cannot be written to", advice=advice)


def _disk(data: Path) -> Sign:
    free = shutil.disk_usage(nearest_folder(data)).free / _BYTES_IN_GIB
    seen = f"{free:.1f} GiB free"
    advice = "A country's round takes a few GiB: free some space, or choose another disk with --data DIR."
    if free >= _FREE_GIB_NOTE:
        return Sign(name="disk", state="ok", seen=seen)
    return Sign(name="disk", state="fault" if free < _FREE_GIB_FAULT else "note", seen=seen, advice=advice)


def _captures(data: Path) -> Sign:
    """Sizes only: `baskych verify` reads every byte."""
    count = len(capture_folders(data))
    faults = [
        f"{one.subject}: expected {one.expected}, found {one.found}"
        for one in check_captures(data, is_quick=True)
    ]
    if not faults:
        return Sign(name="captures", state="ok", seen=f"{count} sites, all files of their sizes")
    advice = "Bring the file back from a copy, or remove the site's folder and crawl that site again."
    return Sign(name="captures", state="fault", seen="; ".join(faults), advice=advice)


def _lock(data: Path) -> Sign:
    try:
        refuse_another(data)
    except LockHeldError as error:
        advice = "Wait for that run, stop it, or work in another folder with --data DIR."
        return Sign(name="lock", state="fault", seen=str(error), advice=advice)
    except OSError as error:
        return Sign(name="lock", state="note", seen=f"cannot be looked at: {error.strerror}")
    return Sign(name="lock", state="ok", seen="nobody is at work")


def _release(data: Path) -> Sign:
    latest = data / "publish" / "latest"
    if latest.exists():
        return Sign(name="latest release", state="ok", seen=latest.resolve().name)
    advice = "`baskych run` makes the first one."
    return Sign(name="latest release", state="note", seen=f"none in {data}", advice=advice)
