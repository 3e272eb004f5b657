"""Collect every message of the portal, and keep the catalogues in step with them.

`python -m warehouse.portal.catalogues` rewrites `locale/*.po`: new messages are added without words,
vanished ones are dropped. A test fails while a message lacks its Kyrgyz or Russian words.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from warehouse.plain_yaml import read_yaml
from warehouse.portal.pages.console import questions
from warehouse.portal.speech import LABELS, LANGUAGES, LOCALES

HERE = Path(__file__).parent
_TEMPLATES = ("templates/**.html", "templates/**.atom", "templates/**.md", "templates/report.txt")
_METHODS = [("**.py", "python"), *((path, "jinja2.ext:babel_extract") for path in _TEMPLATES)]
_JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
_OPTIONS = dict.fromkeys(_TEMPLATES, _JINJA)
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "text": None, "plural": (1, 2)}
Message = str | list[str] | tuple[str, ...]
_WIDTH = 110
_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Baskych\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def messages() -> Catalog:
    """Return a catalogue of all messages in templates, code and labels, without words."""
    found = Catalog(charset="utf-8")
    for message in _messages():
        found.add(message)
    return found


def catalogue(language: str) -> Catalog:
    """Return the catalogue of `language` as it is on disk."""
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> bytes:
    """Return what the file of `language` should be: its words, for exactly the messages that there are."""
    old, new = catalogue(language), Catalog(locale=language, charset="utf-8")
    for message in sorted(messages(), key=lambda item: str(item.id)):
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known is not None else _source(language, message.id))
    written = io.BytesIO()
    write_po(written, new, width=_WIDTH, omit_header=True)
    return _HEADER.format(language=language, plurals=new.plural_forms).encode() + written.getvalue()


def _source(language: str, message: Message) -> Message:
    """Return the words of a new message: itself in English, none elsewhere."""
    return message if language == "en" else ""


def _messages() -> Iterator[str | tuple[str, ...]]:
    for _, _, message, _, _ in extract_from_dir(str(HERE), _METHODS, _OPTIONS, keywords=_KEYWORDS):
        yield message
    for labels in read_yaml(LABELS).values():
        yield from labels.values()
    for question in questions():
        yield question["asks"]


def main() -> None:
    """Rewrite all catalogues."""
    for language in LANGUAGES:
        (LOCALES / f"{language}.po").write_bytes(updated(language))


if __name__ == "__main__":
    main()
