"""What pages say of themselves to search engines: schema.org, as JSON-LD in a block of data.

Such a block is no script (WHATWG HTML, "data block"): no policy for scripts concerns it. `<` is escaped,
so that nothing crawled can end it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from warehouse.exports import LICENCE_URL
from warehouse.portal.charting.drawing import Picture
from warehouse.portal.files import DataFile
from warehouse.portal.hosting import media_type
from warehouse.portal.reader import Row
from warehouse.portal.site import Site
from warehouse.safe_json import safe_json


def service(row: Row, name: str, body: str, url: str) -> Markup:
    """Return the block for the page at `url` of a service called `name`, offered by `body`."""
    said: dict[str, Any] = {
        "@type": "GovernmentService",
        "@id": url,
        "name": name,
        "inLanguage": row["language"],
        "provider": {"@type": "GovernmentOrganization", "name": body},
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": row["url"]},
        "identifier": row["service_id"],
        "mainEntityOfPage": url,
    }
    if row["is_free"]:
        said["isAccessibleForFree"] = True
    return _block(said)


def dataset(name: str, words: str, url: str, site: Site, files: Iterable[DataFile]) -> Markup:
    """Return the block for the page at `url` of a table, which is offered in `files`."""
    return _block(
        {
            "@type": "Dataset",
            "@id": url,
            "name": name,
            "description": words,
            "url": url,
            "license": LICENCE_URL,
            "isAccessibleForFree": True,
            "version": site.version,
            "temporalCoverage": site.newest_round,
            "creator": {"@type": "Organization", "name": "Baskych"},
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": site.latest_url + file.path,
                    "encodingFormat": media_type(Path(file.path)),
                    "sha256": file.sha256,
                }
                for file in files
            ],
        }
    )


def embedded_chart(picture: Picture, says: str, url: str) -> str:
    """Return the HTML that shows a chart of the page at `url` on another page, and leads there."""
    return _embedded(
        f"{url}{picture.name}.svg", says, url, f' width="{picture.width}" height="{picture.height}"'
    )


def embedded_badge(says: str, url: str) -> str:
    """Return the HTML that shows the badge of the page at `url` on another page, and leads there."""
    return _embedded(f"{url}badge.svg", says, url, ' height="20"')


def _embedded(picture_url: str, says: str, url: str, size: str) -> str:
    return f'<a href="{escape(url)}"><img src="{escape(picture_url)}"{size} alt="{escape(says)}"></a>'


def _block(said: Mapping[str, Any]) -> Markup:
    safe = safe_json({"@context": "https://schema.org", **said})
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704  # every `<` is escaped
