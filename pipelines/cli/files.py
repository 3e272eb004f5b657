"""Files that a command is given: on a disk of this machine, or copies of those on a server (`s3://…`)."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from crawlers.stores.address import is_address
from pipelines.operating.failures import UsageError

_AS_TYPED: Mapping[Any, Any] = {Path: str, Path | None: str | None}


def is_file(parameter: Parameter) -> bool:
    """Whether a command's parameter is the path of a file."""
    return get_origin(parameter.annotation) is Annotated and get_args(parameter.annotation)[0] in _AS_TYPED


def as_typed(parameter: Parameter) -> Parameter:
    """Return a file's parameter as one that Typer hands on as it was typed; any other as it is.

    A path would make one slash of the two of an address.
    """
    if not is_file(parameter):
        return parameter
    kind, *about = get_args(parameter.annotation)
    return parameter.replace(annotation=Annotated[_AS_TYPED[kind], *about])


def refuse_what_must_be_asked(data: str, given: Mapping[str, Any], files: Collection[str]) -> None:
    """Refuse a dry run where the data folder, or one of the `files` that were typed, is on a server.

    Raises:
        UsageError: names the address: only the server knows what would be done.
    """
    for source in (data, *(given.get(name) for name in sorted(files))):
        if source is not None and is_address(source):
            raise UsageError(
                f"--dry-run {source}: is on a server, which a dry run does not ask; expected a folder or a"
                " file of this machine"
            )


@contextmanager
def files_here(
    given: Mapping[str, Any], files: Collection[str], only_here: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Give what was typed with each of the `files` as a path on this machine, for as long as the block runs.

    Raises:
        UsageError: one of `only_here`, each with the reason, was given by an address.
        StoreError: a file on a server cannot be fetched.
    """
    with ExitStack() as stack:
        found = dict(given)
        for name in files:
            source = given.get(name)
            if source is None:
                continue
            if is_address(source):
                if name in only_here:
                    raise UsageError(f"{source}: expected a file of this machine: {only_here[name]}")
                from crawlers.stores.files import here  # noqa: PLC0415 - `--help` must not wait for it

                found[name] = stack.enter_context(here(source))
            else:
                found[name] = Path(source)
        yield found
