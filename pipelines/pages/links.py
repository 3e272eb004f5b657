"""Addresses on a page: made absolute, and what a reader gets behind them."""

import ada_url

from pipelines.pages.html_rules import html_rules

NOWHERE = "https://unknown.invalid/"  # the base of a page whose address nobody knows (RFC 2606, section 2)
_FOLLOWED = ("http://", "https://", "mailto:", "tel:")
_RULES = html_rules()


def absolute(base: str, reference: str | None) -> str:
    """Return `reference` as a full address, "" when it leads nowhere (a script, data, a broken address)."""
    if reference is None:
        return ""
    try:
        url: str = ada_url.join_url(base, reference.strip())
    except ValueError:
        return ""
    return url if url.startswith(_FOLLOWED) else ""


def written(attributes: dict[str, str | None]) -> str:
    """Return where a link or button leads as it stands in the source, "" when only a script knows."""
    for name in _RULES.link_attributes:
        if attributes.get(name):
            return attributes[name] or ""
    called = _RULES.script_address.search(attributes.get("onclick") or "")
    return called.group(1) if called else ""


def file_type(url: str) -> str | None:
    """Return what kind of file an address names, by its ending or one in its query; None for a page."""
    path, _, query = url.partition("#")[0].partition("?")
    names = [path.rpartition("/")[2]]
    if query:
        names += (one.partition("=")[2] for one in query.split("&"))
    for name in names:
        ending = name.rpartition(".")[2].lower() if "." in name else ""
        if ending in _RULES.file_types:
            return _RULES.file_types[ending]
    return None
