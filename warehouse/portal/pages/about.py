"""How stages are judged, what the surveys ask, and who we are: the first two are the tables' own rules."""

from warehouse.portal import addresses, charts
from warehouse.portal.pages.indicators import figures_by_indicator
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader
from warehouse.portal.speech import label_codes


def print_pages(press: Press, reader: Reader) -> None:
    """Print the method page, the page of its sources, and the page about the project and its ethics."""
    accuracy = reader.all("accuracy")
    sources = reader.all("indicator_sources")
    press.print(
        "method.html",
        addresses.METHOD,
        accuracy=accuracy,
        calibration=charts.reliability([row for row in accuracy if row["scope"] == "confidence"]),
        measured=figures_by_indicator(accuracy),
        errors=reader.all("accuracy_errors"),
        matrices=_matrices(reader),
        weights=reader.all("index_weights"),
        rubric_versions=[row["rubric_version"] for row in reader.rows("rubric_versions")],
    )
    press.print("sources.html", addresses.SOURCES, sources=sources)
    press.print("about.html", addresses.ABOUT)


def _matrices(reader: Reader) -> list[tuple[str, charts.Matrix]]:
    """Return the confusion matrices that have pages, each with the kind of label that names its rows."""
    rows = reader.all("confusions")
    scopes = {"kind": "page_kind", "stage": "stage_label"}
    return [
        (named, charts.confusion(here, label_codes(named)))
        for scope, named in scopes.items()
        if (here := [row for row in rows if row["scope"] == scope])
    ]
