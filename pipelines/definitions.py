"""What Dagster loads: the country that the environment names, the sample republic if it names none."""

import os
import warnings

import dagster as dg

from pipelines import logs
from pipelines.defs.country import definitions, scope_from

# Single-run backfills and partition mappings are called beta; the version is pinned, and tests hold both.
warnings.filterwarnings("ignore", category=dg.BetaWarning)
logs.through_logging()
defs = definitions(scope_from(os.environ))
