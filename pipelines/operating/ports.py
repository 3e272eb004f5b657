"""Refuse a port at which another program answers, before anything is started there."""

import socket

HOST = "127.0.0.1"


class AddressTakenError(Exception):
    """Another program answers at the port."""


def refuse_taken(port: int) -> None:
    """Raise AddressTakenError where anything listens at `port` of this machine already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise AddressTakenError(f"http://{HOST}:{port}/: {error.strerror}") from error
