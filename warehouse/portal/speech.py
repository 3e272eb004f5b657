"""Say things in one language: words from the catalogue, and dates, numbers and money as it writes them.

English is the source of all messages; Kyrgyz and Russian are in `locale/<language>.po`. The catalogues
are compiled in memory: what is committed is what is used.
"""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from math import floor, log10
from pathlib import Path
from typing import Any

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from warehouse.plain_yaml import read_yaml
from warehouse.portal.errors import PortalError

LANGUAGES = ("ky", "ru", "en")
NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
LOCALES = Path(__file__).with_name("locale")
LABELS = Path(__file__).with_name("labels.yml")

# English dates and numbers as most readers outside America write them: 23 November 2026.
_REGIONS = {"en": "en_GB"}
_KIB = 1024
_REMEMBERED = 4096  # numbers
_FIGURES = 4  # of a measured value
_CUT_FROM = 10_000  # so that no year is cut into thousands
_FRACTIONS = 2  # a fraction of a som takes the form that two soms take: "1,5 сома"


class Speech:
    """One language of the portal."""

    def __init__(self, language: str) -> None:
        """Load the catalogue of `language`: ky, ru or en.

        Raises:
            PortalError: the portal has no such language.
        """
        if language not in LANGUAGES:
            raise PortalError(f"language {language!r}: expected one of {', '.join(LANGUAGES)}")
        self.language = language
        self.translations = _translations(language)
        self._locale = Locale.parse(_REGIONS.get(language, language))
        self._labels = _labels()
        self._days: dict[date, str] = {}  # what has been said once is said again many times
        self._months: dict[str, str] = {}
        self._decimal = lru_cache(_REMEMBERED)(partial(numbers.format_decimal, locale=self._locale))
        self._cldr: dict[str, Mapping[Any, Any]] = {
            "language": self._locale.languages,
            "country": self._locale.territories,
        }

    def text(self, message: str, **values: object) -> str:
        """Return the English `message` in this language, with `values` in its places."""
        said: str = self.translations.ugettext(message)
        return said % values if values else said

    def plural(self, one: str, many: str, count: float, /, **values: object) -> str:
        """Return the message in the form that goes with `count`."""
        form = int(count) if float(count).is_integer() else _FRACTIONS
        said: str = self.translations.ungettext(one, many, form)
        return said % {"count": self.number(count), **values}

    def label(self, kind: str, code: object) -> str:
        """Return the word for a code of `labels.yml`; for an unknown one "other", else the code itself.

        Languages and countries that `labels.yml` does not name have their names from Unicode's CLDR.
        """
        words = self._labels[kind]
        english = words.get(str(code), words.get("other"))
        if english is None:
            return str(self._cldr.get(kind, {}).get(str(code), code))
        return self.text(english)

    def own(self, row: Mapping[str, Any], field: str) -> tuple[str, str]:
        """Return `field` of `row` in this language, else in the first that has it; and which that is."""
        for language in (self.language, *LANGUAGES):
            if said := row.get(f"{field}_{language}"):
                return str(said), language
        return "", self.language

    def date(self, day: date) -> str:
        """Return a day in words: 23 November 2026."""
        if day not in self._days:
            self._days[day] = dates.format_date(day, "long", locale=self._locale)
        return self._days[day]

    def moment(self, at: datetime) -> str:
        """Return a time to the minute, in UTC."""
        aware = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        return f"{self.date(aware.date())}, {aware:%H:%M} UTC"

    def round(self, round_id: str) -> str:
        """Return a round's month in words: `2026-11` is November 2026."""
        if round_id not in self._months:
            year, month = map(int, round_id.split("-"))
            self._months[round_id] = dates.format_skeleton("yMMMM", date(year, month, 1), locale=self._locale)
        return self._months[round_id]

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with at most `digits` decimals, where it has any."""
        return self._decimal(round(value, digits) or 0)  # no "-0"

    def figure(self, value: float) -> str:
        """Return a measured value in short: of a fraction four figures."""
        shown = value if value == int(value) else round(value, _FIGURES - 1 - floor(log10(abs(value))))
        return self._decimal(shown, decimal_quantization=False, group_separator=abs(value) >= _CUT_FROM)

    def share(self, value: float) -> str:
        """Return a share of 0 to 1 in percent."""
        return numbers.format_percent(value, locale=self._locale)

    def money(self, amount: float, currency: str) -> str:
        """Return an amount as people write it: 200 сом, 200 сомов, 200 soms.

        CLDR has "сом" for KGS in Kyrgyz and nothing but the code in Russian and English, so the som is ours.
        """
        if currency == "KGS":
            return self.plural("%(count)s som", "%(count)s soms", amount, count=self.number(amount, 2))
        if float(amount).is_integer():
            pattern = self._locale.currency_formats["standard"].pattern.replace(".00", "")
            return numbers.format_currency(amount, currency, pattern, self._locale, currency_digits=False)
        return numbers.format_currency(amount, currency, locale=self._locale)

    def size(self, byte_count: int) -> str:
        """Return a file's size in bytes, kB, MB or GB of 1024."""
        value, unit = float(byte_count), "B"
        for larger in ("KB", "MB", "GB"):
            if value < _KIB:
                break
            value, unit = value / _KIB, larger
        return f"{self.number(value, 0 if unit == 'B' else 1)} {self.label('byte_unit', unit)}"


def label_codes(kind: str) -> tuple[str, ...]:
    """Return the codes of one kind that `labels.yml` names, in its order."""
    return tuple(_labels()[kind])


@cache
def speech(language: str) -> Speech:
    """Return the one `Speech` of `language`."""
    return Speech(language)


@cache
def _translations(language: str) -> Translations:
    compiled = io.BytesIO()
    with (LOCALES / f"{language}.po").open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def _labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = read_yaml(LABELS)
    return labels
