"""Look for one cue on a page that has been read: where it shows, best place first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def proofs(cue: Cue, read: Read) -> list[Proof]:
    """Return where `cue` shows on a page, best first; nothing when it shows in too few places."""
    if cue.shape:
        found = [
            proof for proof in proofs_of_shape(cue.shape, read.page, cue.of) if _shape_fits(cue, proof, read)
        ]
        return found if len(found) >= cue.count else []
    if read.seen.keys().isdisjoint(cue.words):
        return []
    seen = [one for concept in cue.words for one in read.seen.get(concept, ()) if _fits(cue, one, read)]
    if (
        len({id(one.element) for one in seen}) < cue.count
        or len({one.concept for one in seen}) < cue.distinct
    ):
        return []
    seen.sort(
        key=lambda one: (-_weight(one), one.element.offset < 0, one.element.offset, one.start, one.concept)
    )
    return [_proof(one) for one in seen]


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


def _weight(one: Sighting) -> float:
    return _REGION_WEIGHT.get(one.element.region, 0.5) + min(one.cover, 1.0)


def _proof(one: Sighting) -> Proof:
    quote, place, offset = quote_of(one)
    return Proof(quote=quote, place=place, offset=offset, region=one.element.region, weight=_weight(one))
