"""A digest as text for a person, in Kyrgyz, Russian or English: Markdown that reads well as it is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC

from crawlers.outcomes import Outcome, about
from pipelines.desk.digest import Digest
from pipelines.desk.words import FRESHNESS, Language, desk, say
from warehouse.portal.atoms import markdown
from warehouse.portal.speech import speech


def title(digest: Digest, language: Language) -> str:
    """Return the digest's first line."""
    end = say(desk().digest[digest.story.status], language)
    names = {"country": digest.country_id, "round": digest.round_id, "job": digest.story.job}
    return f"{say(desk().digest['title'], language, **names)}. {end}"


def as_text(digest: Digest, language: Language) -> str:
    """Return the digest in words."""
    sections = (
        ("release", _release(digest, language)),
        ("harvested", _harvested(digest, language)),
        ("unseen", _unseen(digest, language)),
        ("changed", _changed(digest, language)),
        ("checks", _failed_checks(digest)),
        ("stale", _silent(digest, language)),
    )
    parts = [f"# {title(digest, language)}", "\n".join(_ending(digest, language))]
    for heading, lines in sections:
        listed = _listed(list(lines), language)
        parts.append(f"## {say(desk().digest[heading], language)}\n\n{listed}")
    parts.append(say(desk().digest["disk"], language, free=digest.free_gib))
    return "\n\n".join(parts) + "\n"


def _ending(digest: Digest, language: Language) -> Iterator[str]:
    """When the run was, where it failed, why, and its number in the runbook."""
    story, words = digest.story, desk().digest
    began, ended = (f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" for at in (story.began_at, story.ended_at))
    yield say(words["times"], language, began=began, ended=ended)
    if story.failed_step:
        yield say(words["step"], language, step=story.failed_step)
    if story.why:
        yield say(words["why"], language, why=story.why)
    if story.exit_code is not None:
        yield say(words["exit"], language, code=int(story.exit_code))


def _release(digest: Digest, language: Language) -> Iterator[str]:
    words = desk().digest
    latest = digest.latest or say(words["none"], language)
    if digest.story.version:
        yield say(words["made"], language, version=digest.story.version)
    else:
        failed = digest.story.status != "success"
        yield say(words["refused" if failed else "no_release"], language, latest=latest)


def _harvested(digest: Digest, language: Language) -> Iterator[str]:
    yield say(
        desk().digest["seen"],
        language,
        total=len(digest.sites),
        sites=sum(site.seen > 0 for site in digest.sites),
        pages=sum(site.seen for site in digest.sites),
        services=digest.service_count,
    )


def _unseen(digest: Digest, language: Language) -> Iterator[str]:
    """A line for each site of which something was not seen, the wholly unseen first."""
    for site in sorted(digest.sites, key=lambda site: (site.seen > 0, site.site_id)):
        if site.unseen:
            causes = ", ".join(_cause(outcome, count, language) for outcome, count in site.unseen.items())
            yield f"{site.site_id}: {causes}"


def _cause(outcome: Outcome, count: int, language: Language) -> str:
    known = about(outcome)
    fault = say(desk().faults[known.fault.value], language)
    return f"{count} × {getattr(known.label, language)} ({fault})"


def _changed(digest: Digest, language: Language) -> Iterator[str]:
    """How often each change was, called as on the portal, with the names of the services."""
    spoken = speech(language)
    for change, count in Counter(each.change for each in digest.changes).most_common():
        names = [markdown(each.name) for each in digest.changes if each.change == change]
        shown = ", ".join(names[: desk().shown]) + (", …" if count > desk().shown else "")
        yield f"{spoken.label('change', change)}: {count} ({shown})"


def _failed_checks(digest: Digest) -> Iterator[str]:
    """The checks of freshness have a section of their own, in the reader's language."""
    for check in digest.story.failed_checks:
        if not check.name.startswith(FRESHNESS):
            yield f"{check.name}: {check.found}"


def _silent(digest: Digest, language: Language) -> Iterator[str]:
    for site in digest.silent:
        yield f"{site.site_id}: {site.reason(language)} {site.to_do(language)}"


def _listed(lines: Sequence[str], language: Language) -> str:
    """Return the lines as a list, a long one cut and saying so, an empty one as "none"."""
    words, most = desk().digest, desk().shown * 2
    shown = list(lines[:most]) or [say(words["none"], language)]
    if len(lines) > most:
        shown.append(say(words["more"], language, count=len(lines) - most))
    return "\n".join(f"- {line}" for line in shown)
