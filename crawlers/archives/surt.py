"""The key under which web archives file an address: host turned round, case and order levelled.

Sorted by it, pages of one host stand together (SURT, "sort-friendly URI reordering transform"). Written by
us, as the usual library for it may not be part of a program under our licence; a test compares the two.
"""

import re

import ada_url

from crawlers.network.addresses import DEFAULT_PORTS, parse_address

_WWW = re.compile(r"www[0-9]*\.")


def surt_key(url: str) -> str:
    """Return the key of a web address; of anything else the text in lower case."""
    address = parse_address(url)
    if address is None:
        return url.lower()
    host = _WWW.sub("", address.host, count=1) if _WWW.match(address.host) else address.host
    port = "" if address.port == DEFAULT_PORTS[address.scheme] else f":{address.port}"
    path = address.path.lower()
    # Only the root keeps its slash.
    path = path if path == "/" else path.rstrip("/") or "/"
    parameters = sorted(part for part in ada_url.URL(address.url).search[1:].lower().split("&") if part)
    query = f"?{'&'.join(parameters)}" if parameters else ""
    turned = host if host.startswith("[") else ",".join(reversed(host.split(".")))
    return f"{turned}{port}){path}{query}"
