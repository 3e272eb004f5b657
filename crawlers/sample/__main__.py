"""Serve the sample republic until Ctrl-C, or write its registry and truth to a folder.

python -m crawlers.sample                                  the default republic at 127.0.0.1:18401 and upward
python -m crawlers.sample --sites 50 --pages 200 --port 19000 --write republic/
"""

import argparse
import sys
import time
from pathlib import Path

from crawlers.sample import SEED, YEAR, SampleError, World, generate
from crawlers.sample.registry_file import registry_text
from crawlers.sample.serving import serving
from crawlers.sample.truth import as_yaml, truth_of

_CANNOT_SERVE = 1


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        world = generate(asked.sites, asked.pages, asked.seed, year=asked.year, port=asked.port)
        if asked.write:
            write(world, asked.write)
        if not asked.no_serve:
            _serve(world)
    except SampleError as error:
        sys.stderr.write(f"{error}\n")
        return _CANNOT_SERVE
    return 0


def write(world: World, folder: Path) -> None:
    """Write `sample.yml`, the registry, and `truth.yml` of `world` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sample.yml").write_text(registry_text(world), encoding="utf-8")
    (folder / "truth.yml").write_text(as_yaml(truth_of(world)), encoding="utf-8")


def _serve(world: World) -> None:
    with serving(world, lasts=True):
        sys.stdout.write(f"{len(world.sites)} sites, the joint portal at {world.portal.root} (Ctrl-C ends)\n")
        sys.stdout.flush()
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawlers.sample", description=__doc__)
    parser.add_argument("--sites", type=int, help="how many sites; the default republic is the least")
    parser.add_argument("--pages", type=int, default=0, help="further pages a site")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--year", type=int, default=YEAR)
    parser.add_argument("--port", type=int, help="of the first site (or BASKYCH_SAMPLE_PORT; else 18401)")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the registry and the truth there")
    parser.add_argument("--no-serve", action="store_true", help="end after writing")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
