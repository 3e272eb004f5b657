"""Everything that this package refuses to do, with one base.

A message names the file or the value, and what was expected instead.
"""


class CrawlersError(Exception):
    """Base of all errors of `crawlers`."""


class RegistryError(CrawlersError):
    """A registry is not what a registry must be."""


class NoRegistryError(RegistryError):
    """There is no file where a registry was said to be."""


class UnknownCountryError(RegistryError):
    """No registry of that country is at hand."""


class NoSuchCountryError(UnknownCountryError):
    """A code was given that is no country's."""


class UnknownSiteError(CrawlersError):
    """A site was asked for that the registry does not have."""


class CaptureError(CrawlersError):
    """A capture, or the file that holds it, cannot be read."""


class ArchiveError(CrawlersError):
    """A web archive cannot be imported."""


class NoArchiveError(ArchiveError):
    """A web archive, or a list of them, is not where it was said to be, or may not be read."""


class LockHeldError(CrawlersError):
    """Another process is working in the same data folder."""


class StateFolderError(CrawlersError):
    """The folder in which crawls leave word for each other cannot be written to."""


class WrongClockError(CrawlersError):
    """The clock of this machine is not that of the servers it asks: what was captured has no true time."""


class CutShortError(CrawlersError):
    """A request in flight was given up because we were told to stop: it counts as never made."""
