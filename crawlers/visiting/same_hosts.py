"""Learn that a site's host is one under several names: with and without `www.`, http and https (case C5).

Asking is what proves it: where an address sent us to its namesake under another such name, or both gave
the same bytes, and so did a second pair, every further address is taken for its namesake.
"""

_PROOFS = 2  # pages
_REMEMBERED = 1000  # pages whose bytes are compared
_WWW = "www."


class SameHosts:
    """Which names of one site's hosts were seen to be of the same host."""

    def __init__(self) -> None:
        """Begin with all of them apart."""
        self._proofs: dict[tuple[str, str], set[str]] = {}
        self._preferred: dict[str, str] = {}
        self._answers: dict[tuple[str, str], tuple[str, int]] = {}

    def preferred(self, url: str) -> str:
        """Return `url` under the name of its host that is asked for: mostly as it is."""
        if not self._preferred:
            return url
        origin, path = _parts(url)
        return self._preferred.get(origin, origin) + path

    def redirected(self, url: str, target: str) -> None:
        """Note that the site sent us from `url` to `target`."""
        (origin, path), (other, other_path) = _parts(url), _parts(target)
        if path == other_path and _bare(origin) == _bare(other):
            self._prove(origin, other, path)

    def answered(self, url: str, body: bytes) -> None:
        """Note what `url` gave."""
        origin, path = _parts(url)
        key = (_bare(origin), path)
        if key in self._answers or len(self._answers) < _REMEMBERED:
            first, digest = self._answers.setdefault(key, (origin, hash(body)))
            if digest == hash(body):
                self._prove(origin, first, path)

    def _prove(self, origin: str, preferred: str, path: str) -> None:
        """Keep a proof that `origin` is `preferred`; where there are enough, go by that name."""
        if origin == preferred or preferred in self._preferred:
            return
        paths = self._proofs.setdefault((origin, preferred), set())
        paths.add(path)
        if len(paths) >= _PROOFS:
            self._preferred[origin] = preferred


def _parts(url: str) -> tuple[str, str]:
    """Scheme and host, and what follows."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}", slash + path


def _bare(origin: str) -> str:
    """A host's name without what may differ between two names of one host."""
    return origin.partition("://")[2].removeprefix(_WWW)
