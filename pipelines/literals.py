"""What a regular expression cannot match without: some literal text, which is looked for far faster than it.

Taken from the expression itself, by the parser of Python's own `re`, so that nobody has to write it beside.
As RE2's FilteredRE2 and Hyperscan's prefilter do: what is told is necessary, never sufficient.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as code  # type: ignore[attr-defined] # the one parser of Python's own syntax; held by a test
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

from crawlers.made_once import code_of, made_once
from pipelines.late_pattern import LatePattern
from pipelines.replacing import with_replaced

Expression: TypeAlias = re.Pattern[str] | LatePattern
Items: TypeAlias = Sequence[tuple[Any, Any]]  # an expression as `re` has parsed it

_ALIKE = {"\u0131": "i", "\u017f": "s", "\ufb05": "\ufb06"} | dict(
    zip("\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88", "вдосттъѣꙋ", strict=True)
)
_TELLING = 4  # characters: a literal of more says no more
_REPEATS = frozenset({code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT})
_LINE_START = ("^", r"\A")


def needed(expression: Expression) -> frozenset[str]:
    """Return literals of which every match has at least one; none when there is no such set.

    As `caseless` has them where the expression ignores case. Of several sets, the most telling: the one
    whose shortest literal is longest, then the smallest.
    """
    return _cased(_needed(_parsed(expression)), expression)


def beginnings(expression: Expression) -> frozenset[str]:
    """Return literals with one of which every match begins, of an expression for the start of a line.

    None when it may match elsewhere too, or begin otherwise.
    """
    items = _parsed(expression)
    is_anchored = bool(items) and expression.pattern.startswith(_LINE_START)
    return _cased(_beginnings(items[1:]), expression) if is_anchored else frozenset()


def told(expressions: Sequence[Expression]) -> list[tuple[list[str], list[str]]]:
    """Return what each expression needs and begins with, sorted, and find that out once for the same ones."""
    written = [(one.pattern, int(one.flags)) for one in expressions]
    return made_once(
        f"{code_of(__name__)}\n{written}",
        lambda: [(sorted(needed(one)), sorted(beginnings(one))) for one in expressions],
    )


def _parsed(expression: Expression) -> Items:
    return list(parser.parse(expression.pattern, expression.flags))


def _cased(literals: Iterable[str], expression: Expression) -> frozenset[str]:
    return frozenset(caseless(one) if expression.flags & re.IGNORECASE else one for one in literals)


def caseless(text: str) -> str:
    """Return a text in lower case, with letters as one that `re` takes for one when it ignores case."""
    return with_replaced(text.replace("\u0130", "i").lower(), _ALIKE)


def _needed(items: Items) -> frozenset[str]:
    sets, run = [], ""
    for operator, argument in items:
        if operator is code.LITERAL:
            run += chr(argument)
            continue
        sets += [frozenset({run}), _of(operator, argument)]
        run = ""
    return max((one for one in (*sets, frozenset({run})) if all(one)), key=_telling, default=frozenset())


def _of(operator: Any, argument: Any) -> frozenset[str]:
    """Return the literals of which one item of an expression needs one."""
    if operator is code.BRANCH:
        return _any_of(list(map(_needed, argument[1])))
    if operator is code.IN and all(kind is code.LITERAL for kind, _ in argument):
        return frozenset(chr(char) for _, char in argument)
    if operator in _REPEATS and argument[0] > 0:
        return _needed(argument[2])
    if operator is code.ATOMIC_GROUP:
        return _needed(argument)
    if operator is code.SUBPATTERN and not argument[1]:  # within flags of its own letters may differ in case
        return _needed(argument[-1])
    return frozenset()


def _any_of(alternatives: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*alternatives) if all(alternatives) else frozenset()


def _telling(literals: frozenset[str]) -> tuple[int, int]:
    return min((min(_TELLING, len(one)) for one in literals), default=0), -len(literals)


def _beginnings(items: Items) -> frozenset[str]:
    run = ""
    for operator, argument in items:
        if operator is code.LITERAL:
            run += chr(argument)
            continue
        if not run and operator is code.SUBPATTERN and not argument[1]:
            return _beginnings(argument[-1])
        if operator is code.BRANCH:
            heads = _any_of(list(map(_beginnings, argument[1])))
            return frozenset(run + head for head in heads) if heads else frozenset({run} - {""})
        break
    return frozenset({run} - {""})
