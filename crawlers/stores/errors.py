"""What can go wrong with a store: one base, so that a caller can catch them all by name."""


class StoreError(Exception):
    """The store cannot be used: the message names its address, what it answered, and what was expected."""


class StoreBusyError(StoreError):
    """Another process works in the store, or changed since what was to be changed now; it stays as it is."""


class StoreDamagedError(StoreError):
    """An object does not have the bytes that were put there: the message names it."""
