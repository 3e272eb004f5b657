"""Look for one cue on a page that has been read: where it shows, best place first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipelines.judging.expertise import Cue
from pipelines.judging.proof import Proof
from pipelines.judging.shapes import proofs_of_shape
from pipelines.judging.sightings import Sighting, quote_of, sentence_of
from pipelines.records import Page

_REGION_WEIGHT = {"main": 1.0, "aside": 0.6, "header": 0.5, "navigation": 0.4, "footer": 0.4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page with what was seen on it."""

    page: Page
    seen: Mapping[str, Sequence[Sighting]]


Spot = Proof | Sighting  # where a cue shows: quoted already, or yet to be


def shows(cue: Cue, read: Read) -> bool:
    """Say whether a page shows `cue`, in as many places as it asks for."""
    return bool(spots(cue, read))


def spots(cue: Cue, read: Read) -> Sequence[Spot]:
    """Return where `cue` shows on a page; nothing when it shows in too few places."""
    if not cue.may_show(read.seen):
        return ()
    return _shaped(cue, read) if cue.shape else _said(cue, read)


def proofs(found: Iterable[Spot], most: int) -> list[Proof]:
    """Return the proofs that spots are, each place once, those that show something most squarely first.

    `most`: how many, at most; no more than these are quoted, and what is as square as the last of them.
    """
    best: dict[tuple[str, str, int], Proof] = {}
    for _, alike in groupby(sorted(found, key=_below_weight), key=_below_weight):
        if len(best) >= most:
            break
        quoted = (one if isinstance(one, Proof) else _proof(one) for one in alike)
        for proof in sorted(quoted, key=lambda one: (one.place, one.offset, one.quote)):
            best.setdefault((proof.quote, proof.place, proof.offset), proof)
    return list(best.values())[:most]


def _shaped(cue: Cue, read: Read) -> list[Proof]:
    found = [
        proof for proof in proofs_of_shape(cue.shape, read.page, cue.of) if _shape_fits(cue, proof, read)
    ]
    return found if len(found) >= cue.count else []


def _said(cue: Cue, read: Read) -> list[Sighting]:
    """Return where the words of a cue are said as it asks; nothing where too few of them are."""
    said = [one for concept in cue.words for one in read.seen.get(concept, ()) if _fits(cue, one, read)]
    if not said or (cue.count > 1 and len({id(one.element) for one in said}) < cue.count):
        return []
    return said if cue.distinct <= 1 or len({one.concept for one in said}) >= cue.distinct else []


def _shape_fits(cue: Cue, proof: Proof, read: Read) -> bool:
    """Say whether a shape lies in the right region and its button says the right things."""
    if cue.regions and proof.region not in cue.regions:
        return False
    said = {
        concept
        for concept in cue.near + cue.without
        for one in read.seen.get(concept, ())
        if one.element.place == "button" and one.element.text == proof.button
    }
    return said.isdisjoint(cue.without) and (not cue.near or not said.isdisjoint(cue.near))


def _fits(cue: Cue, one: Sighting, read: Read) -> bool:
    element = one.element
    return (
        element.place in cue.places
        and (not cue.regions or element.region in cue.regions)
        and one.cover >= cue.cover
        and (not cue.longest or len(element.text) <= cue.longest)
        and (not cue.at_start or not any(map(str.isalpha, element.text[: one.start])))
        and (not cue.near or _says(read, one, cue.near))
        and not (cue.without and _says(read, one, cue.without))
        and not (cue.unsaid and _says_in_sentence(read, one, cue.unsaid))
    )


def _says(read: Read, one: Sighting, concepts: Sequence[str]) -> bool:
    """Say whether the element of a sighting says any of `concepts` too."""
    return any(other.element is one.element for concept in concepts for other in read.seen.get(concept, ()))


def _says_in_sentence(read: Read, one: Sighting, concepts: Sequence[str]) -> bool:
    """Say whether the sentence of a sighting says any of `concepts` too: "not" elsewhere denies nothing."""
    start, end = sentence_of(one)
    return any(
        other.element is one.element and other.start < end and other.end > start
        for concept in concepts
        for other in read.seen.get(concept, ())
    )


def _below_weight(spot: Spot) -> float:
    return -spot.weight if isinstance(spot, Proof) else -_weight(spot)


def _weight(one: Sighting) -> float:
    """How squarely a sighting shows something."""
    return _REGION_WEIGHT.get(one.element.region, 0.5) + min(one.cover, 1.0)


def _proof(one: Sighting) -> Proof:
    quote, place, offset = quote_of(one)
    return Proof(quote=quote, place=place, offset=offset, region=one.element.region, weight=_weight(one))
