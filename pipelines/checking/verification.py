"""What came of checking a release, for a person and for a program."""

from dataclasses import dataclass

from pipelines.checking.quote_check import Fault
from warehouse.signing import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was checked, and what is not as it was published."""

    files: int
    tables: int
    quotes: int
    faults: tuple[Fault, ...]
    signature: Signature | None = None  # None: no release was looked at
    derived: int | None = None  # files that were made anew and compared
    not_derived: str | None = None  # why not, where it was asked for

    @property
    def is_true(self) -> bool:
        """Whether everything that was looked at was found as it was published."""
        return not self.faults

    def words(self) -> str:
        """Return the result for a person: what was checked, then each fault on a line."""
        wrong = f"{len(self.faults)} faults" if self.faults else "all found again"
        head = f"{self.files} files, {self.tables} tables, {self.quotes} quotes: {wrong}"
        more = [self.signature.words] if self.signature else []
        if self.derived is not None:
            more.append(f"made anew from the captures: {self.derived} files compared, row by row")
        if self.not_derived:
            more.append(f"not made anew from the captures: {self.not_derived}")
        faults = [f"  {one.subject}: expected {one.expected!r}, found {one.found}" for one in self.faults]
        return "\n".join([head, *more, *faults])
