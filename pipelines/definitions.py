"""What Dagster loads: the country that the environment names, the sample republic if it names none."""

import os

from pipelines import logs
from pipelines.defs.country import definitions, scope_from

logs.through_logging()
defs = definitions(scope_from(os.environ))
