"""Join the nodes that are one service: its page in several languages, printed, on the portal, in a list.

Reasons to join are tried from the surest to the weakest. A weak reason never joins two pages of one site and
one language whose names differ: a wrong link must not make two services one. All reasons are sorted, so that
the order of pages changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipelines.services.groups import Groups, Join
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.neutral_addresses import neutral_address, numbers_of
from pipelines.services.portal_joins import portal_joins
from pipelines.services.service_nodes import DESCRIPTION, DOCUMENT, ENTRY, STEP, Node, agree, contradict

_FEWEST_WORDS = 20  # of a text, to be known again at another address


def join_nodes(nodes: Sequence[Node], rules: IdentifyWords) -> list[list[Node]]:
    """Return `nodes` in groups, one a service."""
    groups = Groups(nodes)
    reasons = [
        *_same_address(nodes),
        *_below(nodes),
        *_files(nodes, rules),
        *_alternates(nodes),
        *_same_text(nodes),
        *_same_name(nodes),
        *_same_numbers(nodes),
    ]
    for join in sorted(set(reasons)):
        groups.join(join, rules)
    for join in sorted(set(portal_joins(groups.groups(), rules))):
        groups.join(join, rules)
    return groups.groups()


def _chain(keys: Iterable[str], weakness: int) -> Iterator[Join]:
    for one, other in pairwise(sorted(set(keys))):
        yield Join(weakness=weakness, one=one, other=other)


def _same_address(nodes: Sequence[Node]) -> Iterator[Join]:
    """One address but for its language; an item of a list and the page it leads to."""
    at: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        at[node.neutral].append(node.key)
    for keys in at.values():
        yield from _chain(keys, 0)


def _below(nodes: Sequence[Node]) -> Iterator[Join]:
    """A step whose address continues its description's: /services/7 and /services/7/apply."""
    descriptions = {
        node.neutral: node.key for node in nodes if node.role == DESCRIPTION and "?" not in node.neutral
    }
    for node in nodes:
        above = node.neutral.partition("?")[0]
        while node.role == STEP and above.count("/") > 1:
            above = above.rpartition("/")[0]
            if above in descriptions:
                yield Join(
                    weakness=1,
                    one=min(node.key, descriptions[above]),
                    other=max(node.key, descriptions[above]),
                )
                break


def _files(nodes: Sequence[Node], rules: IdentifyWords) -> Iterator[Join]:
    """A file that the pages of one service lead to, and no other's."""
    files = {node.neutral: node.key for node in nodes if node.role == DOCUMENT}
    leading: dict[str, dict[str, str]] = defaultdict(dict)
    for node in nodes:
        if node.role == DESCRIPTION:
            for link in node.page.links:
                neutral = neutral_address(link.url, rules) if link.file_type else ""
                if neutral in files:
                    leading[neutral][node.neutral] = node.key
    for neutral, keys in leading.items():
        if len(keys) == 1:
            one, other = sorted((files[neutral], *keys.values()))
            yield Join(weakness=1, one=one, other=other)


def _alternates(nodes: Sequence[Node]) -> Iterator[Join]:
    """Language versions that pages declare: sure when both do, void when several pages claim the same one."""
    by_url = {node.url: node for node in nodes if node.role != ENTRY}
    claims: dict[str, set[str]] = defaultdict(set)
    for url, node in by_url.items():
        for alternate in node.page.alternates:
            if alternate.url in by_url and alternate.url != url:
                claims[alternate.url].add(url)
    for target, claimants in claims.items():
        languages = [by_url[url].language for url in sorted(claimants)]
        for url in claimants:
            is_mutual = target in claims and url in claims and target in claims[url]
            if is_mutual or languages.count(by_url[url].language) == 1:
                one, other = sorted((by_url[url].key, by_url[target].key))
                yield Join(weakness=1 if is_mutual else 3, one=one, other=other)


def _same_text(nodes: Sequence[Node]) -> Iterator[Join]:
    """One text at two addresses of a site: a version for printing, a page without its session number."""
    at: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in nodes:
        if node.role != ENTRY and node.page.word_count >= _FEWEST_WORDS:
            at[node.page.site_id, node.page.text_sha256].append(node.key)
    for keys in at.values():
        yield from _chain(keys, 2)


def _same_name(nodes: Sequence[Node]) -> Iterator[Join]:
    """One name, one provider, one language: on its own site, in lists, and on the joint portal.

    Two pages that ask for different fees are two services, however alike they are called.
    """
    at: dict[tuple[str, str, frozenset[str]], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.words and node.provider_id:
            at[node.provider_id, node.language, node.words].append(node)
    for alike in at.values():
        kept = [node for node in alike if not any(contradict(node, other) for other in alike)]
        yield from _chain((node.key for node in kept), 4)


def _same_numbers(nodes: Sequence[Node]) -> Iterator[Join]:
    """Languages side by side with the same numbers in their addresses and nothing that speaks against it."""
    at: dict[tuple[str, str], dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for node in nodes:
        numbers = numbers_of(node.neutral)
        if node.role == DESCRIPTION and numbers:
            at[node.page.site_id, numbers][node.language].append(node)
    for versions in at.values():
        single = [found[0] for _, found in sorted(versions.items()) if len(found) == 1]
        for one, other in pairwise(single):
            if agree(one, other):
                first, second = sorted((one.key, other.key))
                yield Join(weakness=5, one=first, other=second)
