"""Let go of time-outs that did not come about.

Each request leaves two cancelled calls behind, its own time-out and the end of its connection's rest. Twisted
keeps them until some call is due, which on a busy connection is only after a request's whole time-out: at
hundreds of pages a second that is tens of thousands of calls.
"""

from twisted.internet.task import LoopingCall

_EVERY_SECONDS = 1.0


def forget_cancelled_calls(every_seconds: float = _EVERY_SECONDS) -> None:
    """From now on let a call be due every so often, after which the reactor forgets those cancelled."""
    LoopingCall(lambda: None).start(every_seconds)
