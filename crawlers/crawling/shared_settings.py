"""Scrapy's settings, of which each site gets a copy that shares the values."""

import copy
from typing import Self

from scrapy.settings import Settings


class SharedSettings(Settings):
    """Settings that are quick to copy.

    Scrapy copies them deeply for every crawler. With two hundred sites at once that holds up the first
    requests by most of a second, and nobody changes a value in place.
    """

    def copy(self) -> Self:
        """Return settings that can be changed, setting by setting, without changing these."""
        twin = copy.copy(self)
        twin.frozen = False
        twin.attributes = {name: copy.copy(attribute) for name, attribute in self.attributes.items()}
        return twin
