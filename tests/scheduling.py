"""Which tests one process runs: those that share what is dear to make, together.

Folders share a release, a portal or a browser. The tests of crawlers share nothing beyond their file, those
of pipelines one harvest, made once for all processes: given out file by file, they fill what others leave.
"""

from xdist.scheduler import LoadScopeScheduling

_BY_FILE = frozenset({"tests/crawlers", "tests/pipelines"})


class ByFolder(LoadScopeScheduling):
    """Give each process whole folders, and those of `_BY_FILE` file by file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.rpartition("/")[0]
        return file if folder in _BY_FILE else folder
