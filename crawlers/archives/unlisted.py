"""Sites that no registry lists: hosts that came with an imported archive."""

import hashlib
import re

from crawlers.sites import Site, SiteState

_UNSAFE = re.compile(r"[^a-z0-9]*[^a-z0-9.-]+[^a-z0-9]*|\.{2,}")
_ENDINGS = (".part", ".old")  # of folders in which captures are gathered, or wait to go
_LONGEST = 100  # characters: folder names end at 255 bytes, and the country's id stands before it


def unlisted_site(host: str, country_id: str) -> Site:
    """Return a site for `host` (`host` or `host:port`), of no institution.

    Its id is `<country>-<host>[-<port>]`, a safe folder name; where the host had to be changed for
    that, a digest of the host keeps two hosts apart.
    """
    return Site(
        id=f"{country_id}-{_folder_name(host)}",
        institution=None,
        state=SiteState.UNLISTED,
        stay_under=(host,),
        source="imported archive",
    )


def _folder_name(host: str) -> str:
    """The host as a folder's name: lower-case ASCII, never empty, `..`, too long or one of ours."""
    name, colon, port = host.rpartition(":")
    plain = f"{name}-{port}" if colon and port.isdigit() and ":" not in name else host
    safe = _UNSAFE.sub("-", plain.lower()).strip(".-")
    if safe and safe == plain.lower() and len(safe) <= _LONGEST and not safe.endswith(_ENDINGS):
        return safe
    digest = hashlib.sha256(host.encode()).hexdigest()[:8]
    return f"{safe[:_LONGEST].strip('.-')}-{digest}".strip(".-")
