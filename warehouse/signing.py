"""Sign a release's lists of sums, and tell whose signature they have: SSH signatures, by `ssh-keygen`.

Whoever signs the lists vouches for every file, since the lists have the SHA-256 of each. A signature lies
beside its list as `<list>.sig`, and is on no list itself. `KEYS.md` says how keys are made, kept and changed.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import ReleaseError
from warehouse.files import SIGNATURE

NAMESPACE = "baskych"  # what a signature is for: one made for another purpose does not count (ssh-keygen(1))
LISTS = ("SHA256SUMS", "SHA256SUMS-duckdb")
SUFFIX = SIGNATURE
_TOOL = "ssh-keygen"
_SECONDS = 60  # time for a person to touch a token or type a passphrase


class SigningError(ReleaseError):
    """A release cannot be signed, or its signature not be checked: the message says with what and why."""


class NoSignerError(SigningError):
    """There is no `ssh-keygen` on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadSignature:
    """One signature that is not what was asked for."""

    subject: str  # a file of the release
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is known of a release's signature."""

    words: str  # for a person
    faults: tuple[BadSignature, ...] = ()


def sign(part: Path, key: Path) -> None:
    """Sign the lists of sums in `part` with `key`, a private SSH key, or a public one whose agent has it.

    Raises:
        SigningError: the key cannot be used; NoSignerError: there is no ssh-keygen.
    """
    for name in LISTS:
        (part / f"{name}{SUFFIX}").unlink(missing_ok=True)  # ssh-keygen would ask whether to write over it
        done = _run("sign", "-f", str(key), "-n", NAMESPACE, str(part / name))
        if done.returncode:
            raise SigningError(f"{key}: {part / name} could not be signed with it: {_last_line(done)}")


def refuse_unusable(key: Path) -> None:
    """Say so before any work if a release could not be signed with `key`.

    Raises:
        SigningError: it is no file; NoSignerError: there is no ssh-keygen.
    """
    _tool()
    if not key.is_file():
        raise SigningError(f"{key}: no such file; expected an SSH key (BASKYCH_SIGNING_KEY)")


def read_signature(release: Path, signers: Path | None) -> Signature:
    """Return whose signature the lists of `release` have, among the `signers` of that file.

    Without `signers` nothing is checked, and that is said; so is that a release has no signature at all.

    Raises:
        SigningError: `signers` cannot be read; NoSignerError: there is no ssh-keygen.
    """
    signed = [name for name in LISTS if (release / f"{name}{SUFFIX}").is_file()]
    if signers is None:
        return Signature(
            words="signed, and not checked: --signers FILE says whose signature counts"
            if signed
            else "not signed: hashes tell of accidents, not of who made the release"
        )
    if not signers.is_file():
        raise SigningError(f"{signers}: no such file; expected allowed signers, as ssh-keygen reads them")
    lists = [name for name in LISTS if name == LISTS[0] or (release / name).is_file()]
    found = [_signer(release, name, signers) for name in lists]
    faults = tuple(one for one in found if isinstance(one, BadSignature))
    names = sorted({one for one in found if isinstance(one, str)})
    return Signature(words=f"signed by {', '.join(names) or 'nobody who is known'}", faults=faults)


def _signer(release: Path, name: str, signers: Path) -> str | BadSignature:
    """Who of `signers` signed a list, or what is wrong with its signature."""
    signature = release / f"{name}{SUFFIX}"
    expected = f"a signature by one of {signers.name}"
    if not signature.is_file():
        return BadSignature(subject=signature.name, expected=expected, found="no signature")
    who = _run("find-principals", "-s", str(signature), "-f", str(signers))
    principal = who.stdout.decode().strip().partition("\n")[0]
    if who.returncode or not principal:
        return BadSignature(subject=signature.name, expected=expected, found="a key that is not among them")
    text = (release / name).read_bytes() if (release / name).is_file() else b""  # a list that is gone differs
    options = ("-f", str(signers), "-I", principal, "-n", NAMESPACE, "-s", str(signature))
    checked = _run("verify", *options, text=text)
    if checked.returncode:
        return BadSignature(
            subject=name, expected=f"the list that {principal} signed", found=_last_line(checked)
        )
    return principal


def _run(action: str, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [_tool(), "-Y", action, *arguments]
    try:
        return subprocess.run(command, input=text, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired as failure:
        raise SigningError(f"{_TOOL} -Y {action}: no answer within {_SECONDS} seconds") from failure


def _tool() -> str:
    found = shutil.which(_TOOL)
    if found is None:
        raise NoSignerError(f"{_TOOL}: not on this machine; it comes with OpenSSH (Debian: openssh-client)")
    return found


def _last_line(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"{_TOOL} ended with {done.returncode}"
