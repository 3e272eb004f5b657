"""Which tests one process runs: those that share what is dear to make, together.

Folders share a harvest, a release, a portal or a browser. The tests of crawlers share nothing beyond their
file, and so they fill what the others leave.
"""

from xdist.scheduler import LoadScopeScheduling

_BY_FILE = "tests/crawlers"


class ByFolder(LoadScopeScheduling):
    """Give each process whole folders, and crawlers file by file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.rpartition("/")[0]
        return file if folder == _BY_FILE else folder
