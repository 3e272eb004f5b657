"""What can go wrong at the operator's desk; none of it is a failure of the run that the desk tells of."""


class DeskError(Exception):
    """Base of all errors of the desk."""


class DigestError(DeskError):
    """No digest could be gathered or written: the message says of which run, and why."""


class SendError(DeskError):
    """A digest was not sent: the message says why, without any secret."""
