"""Addresses that lead into a private network, in every spelling that a browser might understand."""

import json
from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address
from itertools import chain
from pathlib import Path

URL_VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors" / "urls"

PRIVATE = ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254")
# Names that tests' name server knows -> what it says, one after the other.
NAMES = {
    "localhost": ["127.0.0.1"],
    "foo.localhost": ["127.0.0.1"],
    "loopback.example": ["127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "compatible.example": ["::127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::1"],
    "zero.example": ["0.0.0.0"],  # noqa: S104 - an address to be refused
    "ten.example": ["10.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "xn--80anij5a2c.example": ["127.0.0.1"],  # кызмат
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "under_score.example": ["127.0.0.1"],
}
_IN_DIGITS = {
    "full-width": "０１２３４５６７８９",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹",
}
_DOTS = ("。", "．", "｡")
_HOSTS_6 = (
    *("::1", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::0001", "::", "0::0"),
    *("::ffff:127.0.0.1", "::FFFF:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:ffff:7f00:1"),
    *("::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::7f00:1", "::10.0.0.1"),
    *("::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:7f00:1::1", "2002:a00:1::", "2002:a9fe:a9fe::1"),
    *("2001:0:7f00:1::", "2001::80ff:fffe", "fe80::1", "fe80::5efe:127.0.0.1", "fe80::200:5efe:a00:1"),
    *("febf::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff01::1", "ff02::1", "ff0e::1", "100::1"),
    *("2001:db8::1", "2001:db8::5efe:7f00:1", "2001:2::1", "2001:10::1", "3fff::1"),
)
_ZONES = ("[fe80::1%25lo]", "[fe80::1%lo]", "[::1%25lo]")
_ODD_NAMES = (
    *(name for name in NAMES if not name.startswith("xn--")),
    *("LOCALHOST", "localhost.", "LoopBack.Example", "loopback.example.", "кызмат.example"),
    *("ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "local\u00adhost", "local\u200bhost", "%6cocalhost"),
)


def spellings(port: int) -> list[str]:
    """Return addresses in many spellings, none of them twice, all of them at `port`."""
    made = chain(_in_numbers(port), _at_hosts(port, _hosts()), _vectors(port))
    return list(dict.fromkeys(made))


def _hosts() -> Iterator[str]:
    for address in PRIVATE:
        yield from _four(IPv4Address(address))
    yield from (f"[{host}]" for host in _HOSTS_6)
    yield from _ZONES
    yield from _ODD_NAMES
    yield from ("255.255.255.255", "224.0.0.1", "240.0.0.1", "100.64.0.1", "192.0.0.192", "168.63.129.16")
    yield from ("198.18.0.1", "192.0.2.1", "0.0.0.0", "127.255.255.254", "127.127.127.127")  # noqa: S104


def _four(address: IPv4Address) -> Iterator[str]:
    """The ways to write an IPv4 address that the WHATWG's parser knows."""
    number, parts = int(address), [int(part) for part in str(address).split(".")]
    yield from (str(address), f"{address}.", str(number), f"0x{number:x}", f"0X{number:X}", f"0{number:o}")
    yield ".".join(f"0x{part:x}" for part in parts)
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(f"{part:04o}" if place else f"0000{part:o}" for place, part in enumerate(parts))
    yield f"0x{parts[0]:x}.{parts[1]}.0{parts[2]:o}.{parts[3]}"
    yield f"{parts[0]}.{number & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{number & 0xFFFF}"
    yield f"0x{parts[0]:x}.0x{number & 0xFFFFFF:x}"
    yield from (str(address).replace(".", dot) for dot in _DOTS)
    for digits in _IN_DIGITS.values():
        yield str(address).translate(str.maketrans("0123456789", digits))
    yield "".join(f"%{octet:02x}" for octet in str(address).encode())
    yield str(address).replace(".", "%2e")
    yield str(address).replace(".", ".\u200b")


def _at_hosts(port: int, hosts: Iterator[str]) -> Iterator[str]:
    return (f"http://{host}:{port}/" for host in hosts)


def _in_numbers(port: int) -> Iterator[str]:
    """Spellings of the whole address."""
    there = f"127.0.0.1:{port}/"
    yield from (f"HTTP://{there}", f"http:{there}", f"http:/{there}", f"http:///{there}", f"http:////{there}")
    yield from (f"HtTp:\\\\{there}", f"http:\\/{there}", f"http:/\\{there}", f" http://{there}")
    yield from (f"ht\ttp://{there}", f"http://127.0.\t0.1:{port}/", f"http://127.0.\n0.1:{port}/")
    yield from (f"http://user@{there}", f"http://user:word@{there}", f"http://a.example@{there}")
    yield from (f"http://a.example:80@{there}", f"http://a.example%40{there}", f"http://a.example\\@{there}")
    yield from (f"http://a.example#@{there}", f"http://@{there}", f"http://:@{there}", f"https://{there}")
    yield from (f"//{there}", f"\\\\{there}", f"http://127.0.0.1:0{port}/", f"http://127.0.0.1:{port}\\x")
    yield from (f"http://[::1]:{port}#x", f"http://[::1]:{port}?x", f"http://127.0.0.1:{port}?x")


def _vectors(port: int) -> Iterator[str]:
    """The spellings of another project that lead to no public address."""
    path = URL_VECTORS / "urlcanon_funky_ipv4.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for host, meant in known.items():
        if meant is not None and not ip_address(meant).is_global:
            yield f"http://{host}:{port}/"
