"""No spelling and no name leads into a private network."""

from ipaddress import ip_address
from typing import Any

import pytest
from twisted.internet.address import IPv4Address

from crawlers.network.addresses import parse_address
from crawlers.network.guard import Guard, GuardedResolver, is_public

SPELLINGS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://0x7f000001/",
    "http://①②⑦.0.0.1/",
    "http://127.0.0.1./",
    "http://%31%32%37.0.0.1/",
    "HtTp:\\\\127.0.0.1\\",
    "http:127.0.0.1",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://192.0.0.192/",
    "http://168.63.129.16/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[ff02::1]/",
]


@pytest.mark.parametrize("url", SPELLINGS)
def test_a8_no_spelling_of_a_private_address_passes(url: str):
    """Read as browsers read it, then looked at as the number that it is."""
    address = parse_address(url)
    assert address

    assert Guard(()).refusal(address.host, address.port) is not None


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_address_passes(address: str):
    """The guard keeps nobody out who is on the public internet."""
    assert is_public(ip_address(address))


def test_only_the_port_that_a_registry_names_is_excepted():
    """`allow_private` opens one door, not the house."""
    guard = Guard(["127.0.0.1:8001"])

    assert (True, False) == (
        guard.refusal("127.0.0.1", 8001) is None,
        guard.refusal("127.0.0.1", 8002) is None,
    )


class _Names:
    """A resolver that knows one answer, and a receiver of answers: both after Twisted's interfaces."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.heard: list[str] = []

    def resolveHostName(self, receiver: Any, _name: str, port: int, *_: object) -> None:  # noqa: N802
        for address in self.addresses:
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()

    def addressResolved(self, address: IPv4Address) -> None:  # noqa: N802
        self.heard.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


def test_a8_private_answers_of_a_name_server_are_dropped():
    """A name may resolve to both; only the public address is connected to."""
    names = _Names("10.0.0.1", "93.184.216.34")
    GuardedResolver(names, Guard(())).resolveHostName(names, "a.kg", 80)

    assert ["93.184.216.34"] == names.heard


def test_a8_a_name_with_private_answers_only_is_refused_with_the_reason():
    """So that the row does not say that the name is unknown."""
    names, guard = _Names("10.0.0.1"), Guard(())
    GuardedResolver(names, guard).resolveHostName(names, "a.kg", 80)

    assert ([], "10.0.0.1 port 80 is not a public address") == (names.heard, guard.refused["a.kg"])


def test_a_name_can_be_excepted():
    """`allow_private: ["localhost:8001"]` lets that name's addresses in, at that port."""
    names, guard = _Names("127.0.0.1"), Guard(["localhost:8001"])
    GuardedResolver(names, guard).resolveHostName(names, "localhost", 8001)

    assert ["127.0.0.1"] == names.heard
    assert guard.refusal("127.0.0.1", 8002) is not None
