"""Whether the contact of a registry reaches anybody: names for examples are nobody's."""

from functools import cache
from pathlib import Path
from urllib.parse import unquote

from crawlers.errors import RegistryError
from crawlers.network.addresses import parse_address
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model

_FILE = Path(__file__).with_name("_reserved_names.yml")
_MAIL = "mailto:"


class _ReservedNames(Strict):
    """The whole of `_reserved_names.yml`."""

    names: tuple[str, ...]  # with all below them
    unfilled: tuple[str, ...]  # anywhere in a contact, in small letters


def is_placeholder(contact: str) -> bool:
    """Whether `contact`, an https or mailto address, is one for examples, or one that was never filled in."""
    reserved = _reserved_names()
    host = f".{_host_of(contact)}"
    return any(words in contact.lower() for words in reserved.unfilled) or any(
        host.endswith(f".{name}") for name in reserved.names
    )


def _host_of(contact: str) -> str:
    """The name that a page or a mailbox is at, in small letters; empty where there is none."""
    if not contact.startswith(_MAIL):
        address = parse_address(contact)
        return address.host if address else ""
    mailbox = unquote(contact.removeprefix(_MAIL).partition("?")[0])
    return mailbox.rpartition("@")[2].lower().removesuffix(".")


@cache
def _reserved_names() -> _ReservedNames:
    return load_model(_FILE, _ReservedNames, RegistryError)
