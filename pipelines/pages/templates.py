"""Read a page that is still a template: what its code would show, and never the code itself.

Pages of template languages (Jinja, Nunjucks, ERB, JSP, PHP, Razor, Blade) and components of React or Vue
are met in archives, in repositories, and where a server fails to run them. A template is judged as the page
it shows (the method's LABELS): helpers that write inputs, buttons and links become these, titles that are set
stand where they are shown, and everything else of the code goes.
"""

import re
from collections.abc import Mapping
from html import escape

from pipelines.pages.components import as_html
from pipelines.pages.script_files import markup_of_script
from pipelines.pages.single_files import markup_of_single_file
from pipelines.pages.template_code import Expression, Group, Words
from pipelines.pages.template_reader import TemplateReader
from pipelines.pages.template_rules import template_rules
from pipelines.pages.template_spans import outside_kept
from pipelines.pages.template_words import words_of_expression

_RULES = template_rules()
_MARKS = re.compile("|".join(map(re.escape, _RULES.marks)))
_MARKUP = re.compile(r"<[^<>]*>")


def without_templates(html: str) -> str:
    """Return `html` with template code replaced by what it would show; a page without such code unchanged."""
    if not _has_code(html):
        return html
    if _is_script(html):
        return as_html(markup_of_script(html))
    known: dict[str, Expression] = {}
    reader = TemplateReader(known)
    shown = reader.read(_without_front_matter(markup_of_single_file(html), known))
    return _titled(as_html(shown), known)


def _has_code(html: str) -> bool:
    """Say whether a page has template code; scripts, styles and examples of code are looked past."""
    if _RULES.beginnings.match(html):
        return True
    if not _MARKS.search(html) and not _RULES.at_calls.search(html):
        return False
    return any(_RULES.signs.search(piece) for piece in outside_kept(html))


def _is_script(html: str) -> bool:
    if _RULES.script_file.match(html):
        return True
    return "className=" in html and "<html" not in html and bool(_RULES.jsx_signs.search(html))


def _without_front_matter(html: str, known: dict[str, Expression]) -> str:
    """Take the head that only a page's generator reads off it, and keep its title."""
    head = _RULES.front_matter.match(html)
    if head is None:
        return html
    title = _RULES.front_title.search(head.group("head"))
    if title:
        known["title"] = [Words(title.group("title").strip())]
    return html[head.end() :]


def _titled(html: str, known: Mapping[str, Expression]) -> str:
    """Give a page without a title the one that its code sets."""
    if "<title" in html.lower():
        return html
    plain = " ".join(_MARKUP.sub(" ", _title(known)).split())
    return f"<title>{escape(plain, quote=False)}</title>{html}" if plain else html


def _title(known: Mapping[str, Expression]) -> str:
    names = sorted((name for name in known if _RULES.title_names.search(name)), key=len)
    set_alone = [known[name] for name in names]
    within = [
        inner.named[key]
        for value in known.values()
        for inner in value
        if isinstance(inner, Group)
        for key in inner.named
        if _RULES.title_names.search(key)
    ]
    return next((words for one in [*set_alone, *within] if (words := words_of_expression(one, known))), "")
