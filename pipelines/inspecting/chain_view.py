"""Tell a person the chain of one published service, link by link, in one of three languages."""

from collections.abc import Iterator

from pipelines.chain import Chain
from pipelines.checking.chain_links import Link, Proof
from pipelines.inspecting.words import Voice
from pipelines.judging.expertise import Knowledge
from pipelines.knowledge import load_knowledge

_HOLDS, _BROKEN = "✓", "✗"


def chain_in_words(chain: Chain, language: str) -> str:
    """Return the chain as lines for a terminal, in `language`: ky, ru or en."""
    return "\n".join(_lines(chain, load_knowledge(), Voice(language)))


def _lines(chain: Chain, knowledge: Knowledge, voice: Voice) -> Iterator[str]:
    yield f"{voice.shortened(chain.name)} ({chain.service_id}, {chain.institution_id})"
    yield voice.say("chain_release", version=chain.version)
    yield _stage(chain, knowledge, voice)
    yield _link(chain.rule, voice)
    for number, proof in enumerate(chain.proofs, start=1):
        yield ""
        yield from _proof(number, proof, knowledge, voice)
    yield ""
    yield from (_link(link, voice) for link in (*chain.files, *chain.sums))
    yield f"  {_BROKEN if chain.signature.faults else ' '} {chain.signature.words}"
    yield from (f"      {one.subject}: {one.expected} ≠ {one.found}" for one in chain.signature.faults)
    yield ""
    yield voice.say("chain_whole" if chain.is_whole else "chain_broken")


def _stage(chain: Chain, knowledge: Knowledge, voice: Voice) -> str:
    wordings = {rule.id: rule.wording for rule in knowledge.rubric.rules}
    wordings |= {one.id: one.wording for one in knowledge.rubric.undetermined}
    reason = voice.name_of(wordings, chain.reason)
    if chain.stage is None:
        return voice.say("no_stage", reason=reason)
    name = next(voice.own(one.name) for one in knowledge.stages if one.stage == chain.stage)
    return voice.say("stage", stage=chain.stage, name=name, reason=reason)


def _proof(number: int, proof: Proof, knowledge: Knowledge, voice: Voice) -> Iterator[str]:
    indicator = knowledge.indicators_by_id.get(proof.indicator_id)
    name = voice.own(indicator.name) if indicator else proof.indicator_id
    yield f"{number}. {name}: {voice.say('quoted', quote=voice.shortened(proof.quote))}"
    seen_at = f"{proof.captured_at:%Y-%m-%d %H:%M} UTC" if proof.captured_at else "?"
    yield f"    {voice.say('chain_page', url=proof.page_url, moment=seen_at)}"
    yield f"    {voice.say('chain_record', record=proof.record)}"
    yield from (_link(link, voice) for link in proof.links)


def _link(link: Link, voice: Voice) -> str:
    sign = _HOLDS if link.is_true else _BROKEN
    return f"  {sign} {voice.say(f'link_{link.what}')}: {link.detail}"
