"""What sites say to machines: schema.org in a page, and an open data portal's API."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawlers.sample.content import content
from crawlers.sample.model import Service, Site, World
from crawlers.sample.reply import Reply
from crawlers.sample.routes import service_address

_PACKAGE = "/api/3/action/package_show"
_TABLES = "/download/"


def json_ld(world: World, site: Site, service: Service, language: str) -> dict[str, Any]:
    """Return a service as schema.org's GovernmentService."""
    body = world.institutions[service.institution_id]
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service.name[language],
        "description": service.about[language],
        "url": site.root.rstrip("/") + service_address(site, "service", language, service),
        "inLanguage": language,
        "provider": {"@type": "GovernmentOrganization", "name": body.name[language], "telephone": body.phone},
    }


def data_reply(world: World, site: Site, target: str) -> Reply | None:
    """Return what the open data portal's API or a file of it answers; None where `target` is neither."""
    if "datasets" not in site.quirks:
        return None
    parts = urlsplit(target)
    datasets = content("datasets")
    if parts.path == site.addresses["api"]:
        return _json({"success": True, "result": sorted(datasets)})
    if parts.path == _PACKAGE:
        name = parse_qs(parts.query).get("id", [""])[0]
        found = datasets.get(name)
        return _json({"success": found is not None, "result": found}, 200 if found else 404)
    name = parts.path.removeprefix(_TABLES).removesuffix(".csv")
    if parts.path.startswith(_TABLES) and name in datasets:
        return Reply(
            status=200, content_type="text/csv; charset=utf-8", body=_table(datasets[name], world).encode()
        )
    return None


def _json(value: object, status: int = 200) -> Reply:
    body = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    return Reply(status=status, content_type="application/json; charset=utf-8", body=body)


def _table(dataset: dict[str, Any], world: World) -> str:
    first, rows = world.year - 5, dataset["rows"]
    lines = [f"region,{','.join(str(first + index) for index in range(5))}"]
    lines += [
        f"{region},{','.join(str(value + index) for index in range(5))}" for region, value in rows.items()
    ]
    return "\n".join(lines) + "\n"
