"""Join the nodes that are one service: its page in several languages, printed, on the portal, in a list.

Reasons to join are tried from the surest to the weakest. A weak reason never joins two pages of one site and
one language whose names differ: a wrong link must not make two services one. All reasons are sorted, so that
the order of pages changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from pipelines.services.node_table import NodeTable
from pipelines.services.service_nodes import DESCRIPTION, DOCUMENT, ENTRY, STEP, agree
from pipelines.services.tables import Tables

_FEWEST_WORDS = 20  # of a text, to be known again at another address
Reason = tuple[int, int, int]  # numbers of two nodes, the one with the lesser key first; weakness: 0 is sure

# One address but for its language; an item of a list and the page it leads to.
_SAME_ADDRESS = """
select before, number, 0
from (select number, lag(number) over (partition by neutral order by key) as before from node)
where before is not null
"""
# One text at two addresses of a site: a version for printing, a page without its session number.
_SAME_TEXT = f"""
select before, number, 2
from (
    select number, lag(number) over (partition by site_id, text_sha256 order by key) as before
    from node
    where role <> '{ENTRY}' and word_count >= {_FEWEST_WORDS}
)
where before is not null
"""  # noqa: S608 - our own words
# A file that the pages of one service lead to; of several nodes at one address the last one's.
_FILES = f"""
select link.neutral, page.neutral, page.key, page.number
from file_link as link
join node as page on page.number = link.number and page.role = '{DESCRIPTION}'
where exists (select 1 from node where neutral = link.neutral and role = '{DOCUMENT}')
order by link.neutral, page.url
"""  # noqa: S608 - our own words
_ALTERNATES = """
select target.number, target.key, page.number, page.key, page.language, exists (
    select 1 from alternate as back where back.number = target.number and back.target = page.url
)
from alternate as claim
join node as page on page.number = claim.number
join node as target on target.url = claim.target and target.role <> 'list' and target.url <> page.url
order by claim.target, page.url
"""
_SAME_NAME = """
select provider_id, language, words, number, role, neutral, site_id, fees
from node
where words <> '' and provider_id <> ''
order by provider_id, language, words, key
"""
_SAME_NUMBERS = f"""
select site_id, numbers, language, min(number), min(key)
from node
where role = '{DESCRIPTION}' and numbers <> ''
group by site_id, numbers, language
having count(*) = 1
order by site_id, numbers, language
"""  # noqa: S608 - our own words


def note_reasons(nodes: NodeTable, tables: Tables) -> None:
    """Note every reason to join two nodes, but for those that lead to a joint portal."""
    for query in (_SAME_ADDRESS, _SAME_TEXT):
        tables.execute(f"insert or ignore into reason {query}")
    for reasons in (
        _below(nodes),
        _files(nodes, tables),
        _alternates(tables),
        _same_name(tables),
        _same_numbers(nodes, tables),
    ):
        note(reasons, tables)


def note(reasons: Iterable[Reason], tables: Tables) -> None:
    """Note reasons to join nodes, each once."""
    tables.executemany("insert or ignore into reason values (?, ?, ?)", reasons)


def _reason(one: tuple[str, int], other: tuple[str, int], weakness: int) -> Reason:
    """A reason to join two nodes, given as key and number."""
    first, second = sorted((one, other))
    return first[1], second[1], weakness


def _below(nodes: NodeTable) -> Iterator[Reason]:
    """A step whose address continues its description's: /services/7 and /services/7/apply."""
    for step in nodes.marks("role = ?", STEP):
        above = step.neutral.partition("?")[0]
        while above.count("/") > 1:
            above = above.rpartition("/")[0]
            clause = "neutral = ? and role = ? order by url desc limit 1"
            found = next(nodes.marks(clause, above, DESCRIPTION), None)
            if found:
                yield _reason((step.key, step.number), (found.key, found.number), 1)
                break


def _files(nodes: NodeTable, tables: Tables) -> Iterator[Reason]:
    """A file that the pages of one service lead to, and no other's."""
    for neutral, links in groupby(tables.execute(_FILES), key=itemgetter(0)):
        leading = {at: (key, number) for _, at, key, number in links}
        if len(leading) == 1:
            clause = "neutral = ? and role = ? order by url desc limit 1"
            file = next(nodes.marks(clause, neutral, DOCUMENT))
            (page,) = leading.values()
            yield _reason((file.key, file.number), page, 1)


def _alternates(tables: Tables) -> Iterator[Reason]:
    """Language versions that pages declare: sure when both do, void when several pages claim the same one."""
    for (number, key), claims in groupby(tables.execute(_ALTERNATES), key=itemgetter(0, 1)):
        claimants = list(claims)
        languages = [language for *_, language, _ in claimants]
        for _, _, its_number, its_key, language, is_mutual in claimants:
            if is_mutual or languages.count(language) == 1:
                yield _reason((its_key, its_number), (key, number), 1 if is_mutual else 3)


def _same_name(tables: Tables) -> Iterator[Reason]:
    """One name, one provider, one language: on its own site, in lists, and on the joint portal.

    Two pages that ask for different fees are two services, however alike they are called.
    """
    for _, named in groupby(tables.execute(_SAME_NAME), key=itemgetter(0, 1, 2)):
        alike = list(named)
        kept = [one[3] for one in alike if not any(_contradict(one, other) for other in alike)]
        yield from ((one, other, 4) for one, other in pairwise(kept))


def _contradict(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two descriptions on one site, at two addresses, state different fees."""
    *_, role, neutral, site_id, fees = one
    *_, its_role, its_neutral, its_site_id, its_fees = other
    if {role, its_role} != {DESCRIPTION} or neutral == its_neutral or site_id != its_site_id:
        return False
    return bool(fees and its_fees) and fees != its_fees


def _same_numbers(nodes: NodeTable, tables: Tables) -> Iterator[Reason]:
    """Languages side by side with the same numbers in their addresses and nothing that speaks against it."""
    for _, versions in groupby(tables.execute(_SAME_NUMBERS), key=itemgetter(0, 1)):
        for (*_, one, its_key), (*_, other, other_key) in pairwise(versions):
            if agree(nodes.whole(one), nodes.whole(other)):
                yield _reason((its_key, one), (other_key, other), 5)
