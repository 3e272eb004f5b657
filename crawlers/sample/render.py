"""Turn a view into bytes: Jinja templates, escaped by default, in the site's encoding."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from crawlers.sample import words
from crawlers.sample.views import View

_TEMPLATES = Path(__file__).parent / "templates"
_NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}


def render(template: str, view: View, encoding: str) -> bytes:
    """Return the page's bytes; letters that `encoding` lacks become numeric references."""
    text = _environment().get_template(f"{template}.html").render(view)
    return text.encode(encoding, errors="xmlcharrefreplace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"t": _ui, "offer_word": _offer_word, "names": _NAMES}
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    return environment


@pass_context
def _ui(context: Context, key: str) -> str:
    return words.ui(key, context["lang"])


@pass_context
def _offer_word(context: Context, offer: str) -> Any:
    return words.wording("offers", offer, context["lang"], context["site"].id)
