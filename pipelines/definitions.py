"""What Dagster loads: the country that the environment names, the sample republic if it names none."""

import os

from pipelines.defs.country import definitions, scope_from
from pipelines.operating import logs

logs.through_logging()
defs = definitions(scope_from(os.environ))
