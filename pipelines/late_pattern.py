"""A regular expression that is compiled when a text first asks for it: of many, few are ever tried."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class LatePattern:
    """What stands for a compiled expression until it is needed."""

    pattern: str
    flags: int = re.UNICODE

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        return re.compile(self.pattern, self.flags)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text, None where there is none."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each match in a text."""
        return self.compiled.finditer(text)
