"""A small web archive of an invented office: captures to understand without any network."""

import io
from collections.abc import Mapping
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.archive import import_warcs
from crawlers.sites import Registry, load_registry

ROUND = "2026-11"
REGISTRY = """
country:
  {id: xy, name: {ky: Иксия, ru: Иксия, en: Exia}, time_zone: UTC, currency: KGS, languages: [ky, ru]}
crawler: {contact: "mailto:crawl@example.org"}
institutions:
  - {id: registry-office, kind: agency, name: {ky: Калк, ru: ЗАГС, en: Registry Office}, source: invented}
sites:
  - id: xy-registry
    institution: registry-office
    languages: [ky, ru]
    seeds: ["https://registry.example.org/"]
    stay_under: [registry.example.org]
    source: invented
"""
_PAGE = """<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<link rel="alternate" hreflang="ky" href="/ky/{path}">
<link rel="alternate" hreflang="ru" href="/ru/{path}"></head>
<body><header><a href="/{language}/login">{login}</a></header>
<main><h1>{title}</h1>{body}</main></body></html>"""
_KYRGYZ = """<p>Мамлекеттик кызмат жарандарга көрсөтүлөт.</p>
<h2>Керектүү документтер</h2><ul><li>Паспорт</li></ul>
<h2>Мөөнөтү</h2><p>3 жумуш күнү</p><h2>Кызматтын акысы</h2><p>200 сом</p>"""
_RUSSIAN = """<p>Государственная услуга оказывается гражданам.</p>
<h2>Необходимые документы</h2><ul><li>Паспорт</li></ul>
<h2>Срок оказания услуги</h2><p>3 рабочих дня</p><h2>Стоимость услуги</h2><p>200 сомов</p>"""


def _page(language: str, path: str, title: str, body: str) -> str:
    login = "Кирүү" if language == "ky" else "Войти"
    return _PAGE.format(language=language, path=path, title=title, body=body, login=login)


PAGES: Mapping[str, str] = {
    "https://registry.example.org/ky/birth": _page(
        "ky", "birth", "Төрөлгөндүгү тууралуу күбөлүк берүү", _KYRGYZ
    ),
    "https://registry.example.org/ru/birth": _page(
        "ru", "birth", "Выдача свидетельства о рождении", _RUSSIAN
    ),
    "https://registry.example.org/ru/marriage": _page("ru", "marriage", "Регистрация брака", _RUSSIAN),
    "https://registry.example.org/ru/death": _page("ru", "death", "Регистрация смерти", _RUSSIAN),
    "https://registry.example.org/ru/wall": "<title>Just a moment...</title><script>_cf_chl_opt={}</script>",
    "https://registry.example.org/robots.txt": "User-agent: *",
    "https://other.example.org/": "<title>403 Forbidden</title><h1>Forbidden</h1>",
}

SITE = {url: html for url, html in PAGES.items() if "registry." in url}
FIRST = next(iter(SITE))
HALVES = [dict(list(SITE.items())[:3]), dict(list(SITE.items())[3:])]
_REPEAT = {
    "WARC-Date": "2026-11-03T10:00:00Z",
    "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000099>",
    "WARC-Refers-To": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
}


def registry_in(folder: Path) -> Registry:
    """Return the office's registry."""
    path = folder / "xy.yml"
    path.write_text(REGISTRY, "utf-8")
    return load_registry(path)


def archived(data: Path, registry: Registry, pages: Mapping[str, str] = PAGES) -> Path:
    """Import `pages` as captures of the round under `data`; return `data`."""
    path = written(data.parent / f"{data.name}.warc.gz", pages)
    data.mkdir()
    import_warcs([path], registry, registry.country.id, ROUND, data)
    return data


def written(path: Path, pages: Mapping[str, str], first: int = 0) -> Path:
    """Write a WARC file of `pages`, whose records are numbered from `first`; return its path."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, (url, html) in enumerate(pages.items(), first):
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            warc = {
                "WARC-Date": "2026-11-02T10:00:00Z",
                "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
            }
            body = io.BytesIO(html.encode())
            record = writer.create_warc_record(
                url, "response", payload=body, http_headers=headers, warc_headers_dict=warc
            )
            writer.write_record(record)
    return path


def listed(folder: Path) -> Path:
    """Write two WARC files of the office's pages, the second repeating one of the first, and their list."""
    folder.mkdir(exist_ok=True)
    written(folder / "one.warc.gz", HALVES[0] | {"https://other.example.org/": "<title>Other</title>"})
    with written(folder / "two.warc.gz", HALVES[1], first=10).open("ab") as file:
        repeated = WARCWriter(file, gzip=True)
        repeated.write_record(
            repeated.create_revisit_record(
                next(iter(SITE)),
                "sha1:A",
                next(iter(SITE)),
                "2026-11-02T10:00:00Z",
                warc_headers_dict=_REPEAT,
            )
        )
    (folder / "warc.paths").write_text("one.warc.gz\ntwo.warc.gz\n", "utf-8")
    return folder / "warc.paths"
