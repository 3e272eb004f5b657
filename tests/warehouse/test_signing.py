"""Who made a release can be told from its signature; that there is none is told too."""

import shutil
import subprocess
from pathlib import Path

import pytest

from warehouse.release import Release
from warehouse.signing import (
    LISTS,
    NAMESPACE,
    NoSignerError,
    SigningError,
    read_signature,
    refuse_unusable,
    sign,
)

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")


def key_of(name: str, folder: Path) -> tuple[Path, str]:
    """Make a key without a passphrase; return its place, and its line for allowed signers."""
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)]
    subprocess.run(command, check=True)
    public = path.with_suffix(".pub").read_text(encoding="utf-8").split()[:2]
    return path, f'{name} namespaces="{NAMESPACE}" {" ".join(public)}\n'


@pytest.fixture
def signed(released: Release, tmp_path: Path) -> tuple[Path, Path]:
    """The lists of a release, signed by the press, and the file that allows the press to sign."""
    lists = tmp_path / "release"
    lists.mkdir()
    for name in LISTS:
        shutil.copyfile(released.folder / name, lists / name)
    key, line = key_of("press", tmp_path)
    sign(lists, key)
    (tmp_path / "allowed_signers").write_text(line, encoding="utf-8")
    return lists, tmp_path / "allowed_signers"


def test_a_signature_by_one_who_may_sign_is_told_by_name(signed: tuple[Path, Path]):
    """Both lists are signed, so every file is."""
    found = read_signature(*signed)

    assert ("signed by press", ()) == (found.words, found.faults)


def test_a_list_that_was_changed_after_it_was_signed_is_named(signed: tuple[Path, Path]):
    """One letter is enough."""
    lists, signers = signed
    with (lists / "SHA256SUMS").open("a", encoding="utf-8") as file:
        file.write("\n")
    (fault,) = read_signature(lists, signers).faults

    assert ("SHA256SUMS", "the list that press signed") == (fault.subject, fault.expected)


def test_a_signature_by_anybody_else_does_not_count(signed: tuple[Path, Path], tmp_path: Path):
    """The list may be right; nobody vouches for it whom the reader knows."""
    lists, signers = signed
    key, _ = key_of("stranger", tmp_path)
    sign(lists, key)

    assert ["a key that is not among them"] * 2 == [
        one.found for one in read_signature(lists, signers).faults
    ]


def test_a_release_without_a_signature_is_called_so(released: Release, signed: tuple[Path, Path]):
    """Plainly where nobody asks, and as a fault where somebody's signature is asked for."""
    _, signers = signed

    assert read_signature(released.folder, None).words.startswith("not signed")
    assert {"no signature"} == {one.found for one in read_signature(released.folder, signers).faults}


def test_a_signature_that_nobody_checked_is_not_called_good(signed: tuple[Path, Path]):
    """Without allowed signers, anybody's signature would do."""
    assert read_signature(signed[0], None).words.startswith("signed, and not checked")


def test_a_key_that_is_not_there_is_named_before_any_work(tmp_path: Path):
    """With the variable that names it."""
    with pytest.raises(SigningError, match=r"no-key.*BASKYCH_SIGNING_KEY"):
        refuse_unusable(tmp_path / "no-key")


def test_a_key_that_is_none_leaves_no_signature(released: Release, tmp_path: Path):
    """The release is refused with the reason that ssh-keygen gives."""
    (tmp_path / "key").write_text("no key", encoding="utf-8")
    shutil.copyfile(released.folder / "SHA256SUMS", tmp_path / "SHA256SUMS")
    with pytest.raises(SigningError, match="could not be signed"):
        sign(tmp_path, tmp_path / "key")

    assert not (tmp_path / "SHA256SUMS.sig").exists()


def test_a_machine_without_openssh_is_told_what_to_install(
    signed: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
):
    """Nothing is called unsigned or forged because a program is missing."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoSignerError, match="openssh-client"):
        read_signature(*signed)
