"""Whoever installs the core alone, as `make run` does, can take every step on one machine."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OF_EXTRAS = (
    "s3fs", "fsspec", "aiobotocore", "botocore", "aiohttp", "distributed", "dask", "celery", "dagster_celery",
    "dagster_postgres", "psycopg2", "playwright", "mlcroissant", "pandas", "numpy", "scipy", "sklearn",
)  # fmt: skip
LOADED = """
import importlib, sys
sys.modules |= dict.fromkeys({extras!r})  # as if none of them was installed
for name in {modules!r}:
    importlib.import_module(name)
"""


def test_every_step_and_command_loads_without_what_extras_bring():
    """A package that only an extra installs is imported where it is used, and nowhere before."""
    folders = ("crawlers/crawling", "pipelines/cli", "pipelines/defs", "pipelines/steps")
    paths = [path for folder in folders for path in sorted((ROOT / folder).glob("*.py"))]
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    code = LOADED.format(extras=OF_EXTRAS, modules=[name.removesuffix(".__init__") for name in modules])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr[-2000:])
