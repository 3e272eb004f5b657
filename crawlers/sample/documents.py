"""What blank forms and service passports say."""

from typing import Any

from crawlers.sample import words
from crawlers.sample.files import pdf_file, word_file
from crawlers.sample.model import Service, Site, World
from crawlers.sample.service_views import service_view


def document(world: World, site: Site, service: Service, language: str, file_type: str) -> bytes:
    """Return a service's file: its passport where the site keeps passports in files, else a blank form."""
    view = service_view(world, site, service, language)
    is_passport = "passports-in-files" in site.quirks and f"form-{file_type}" not in service.offers
    lines = _passport(view, language) if is_passport else _blank(view, language)
    return pdf_file(lines) if file_type == "pdf" else word_file(lines)


def _passport(view: dict[str, Any], language: str) -> list[str]:
    service = view["service"]
    rows = [
        (fact["label"], fact["value"] if isinstance(fact["value"], str) else "; ".join(fact["value"]))
        for fact in service["facts"]
    ]
    numbered = [f"{index}. {label}: {value}." for index, (label, value) in enumerate(rows, start=1)]
    return [words.ui("passport", language), service["name"], view["provider"], service["about"], *numbered]


def _blank(view: dict[str, Any], language: str) -> list[str]:
    line = "_" * 40
    asked = [
        f"{words.ui(key, language)}: {line}"
        for key in ("your-name", "pin", "address", "your-phone", "your-email")
    ]
    return [
        words.ui("blank-intro", language),
        view["provider"],
        *asked,
        f"{words.ui('blank-ask', language)} «{view['service']['name']}».",
        words.ui("blank-sign", language),
    ]
