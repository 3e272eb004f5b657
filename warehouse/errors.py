"""What can go wrong in the warehouse: one base, so that a caller can catch them all by name."""


class WarehouseError(Exception):
    """Something in the warehouse that a person has to see to; the message says what and where."""


class BuildError(WarehouseError):
    """The warehouse could not be built: the old one, if there is one, is untouched."""


class DamagedError(BuildError):
    """A file that an earlier step made cannot be read: the message names it."""


class NeedsMemoryError(BuildError):
    """A statement needs more memory than it was given: the message names its SQL file."""


class OpenError(WarehouseError):
    """A database cannot be opened: the message says why, and which DuckDB wrote it."""


class DictionaryError(WarehouseError):
    """A table or a column is not documented in all three languages, or a document names none."""


class ContractError(WarehouseError):
    """The published tables are not what their contract says, or a contract cannot be read."""


class ReleaseError(WarehouseError):
    """Nothing was published: `latest` still points where it did."""


class ChecksFailedError(ReleaseError):
    """The data break a promise: what would have been published is kept apart, with the reasons."""


class StorageError(ReleaseError):
    """The disk is full, or the folder cannot be written to."""


class ApprovalError(WarehouseError):
    """A check was approved that there is not, or that nobody may approve; the message names the nearest."""
