"""What can go wrong while the portal is made or shown."""

from warehouse.errors import WarehouseError


class PortalError(WarehouseError):
    """The portal cannot be made: the message names the table, message or file, and what was expected."""


class PrinterDiedError(PortalError):
    """A process that prints pages or draws charts has died: the message says how, as far as that is known."""


class ServeError(WarehouseError):
    """The portal cannot be shown: the message names the folder or the address."""


class ReportError(WarehouseError):
    """There is nothing to report on: the message names the release or the site, and what was expected."""


class NoSuchSiteError(ReportError):
    """The release has no such site."""
