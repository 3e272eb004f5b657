"""Programs of others that readers' browsers run: as they were made, with their licences, asking nobody."""

import hashlib
import json
from pathlib import Path

from warehouse.portal.press import VENDOR

LOCK = Path(__file__).parents[2] / "locks" / "vendor" / "package-lock.json"


def test_each_program_is_as_it_was_made():
    """`make vendor` writes their sums; nobody changes one by hand."""
    said = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}

    assert said == {name: digest for name, digest in there.items() if name != "SHA256SUMS"}


def test_each_program_has_its_version_and_licence_beside_it():
    """Whoever gets a release gets what their authors ask to be passed on."""
    words = (VENDOR / "LICENCES.txt").read_text(encoding="utf-8")
    packages = json.loads(LOCK.read_text())["packages"]
    used = ("@duckdb/duckdb-wasm", "apache-arrow", "flatbuffers", "fzstd", "hyparquet")

    assert [] == [
        name for name in used if f"== {name} {packages[f'node_modules/{name}']['version']}" not in words
    ]
    assert "MIT" in words
    assert "Apache License" in words


def test_no_lock_of_npm_names_an_address():
    """`node locks/strip.mjs FILE` takes out what npm adds of those who ask for funding."""
    locks = sorted(LOCK.parents[1].glob("*/package-lock.json"))

    assert 2 == len(locks)
    assert [] == [lock for lock in locks if "://" in lock.read_text(encoding="utf-8")]


def test_the_lock_has_sums_and_no_addresses_of_packages():
    """Where packages come from is the machine's own business."""
    packages = json.loads(LOCK.read_text())["packages"]

    assert [] == [name for name, package in packages.items() if name and "integrity" not in package]
    assert [] == [name for name, package in packages.items() if "resolved" in package]
