"""What can go wrong while pages are read and understood."""

from crawlers.errors import CrawlersError


class PipelineError(Exception):
    """Something in the pipeline cannot go on; the message names the file, the value and what was expected."""


class RecordsError(PipelineError):
    """A Parquet file does not hold the records that it should, or rows came in the wrong order."""


class ClusterError(PipelineError):
    """The cluster that was to do the work cannot: the message names it, or the worker, and what to do."""


class CorrectionsError(CrawlersError):
    """A decision in `corrections.yml` is not what was expected; read as strictly as the registries."""
