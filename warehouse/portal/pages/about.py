"""How stages are judged, and who we are: the method page is the tables' own rules, the other is ours."""

from warehouse.portal import addresses, charts
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader


def print_pages(press: Press, reader: Reader) -> None:
    """Print the method page and the page about the project and its ethics."""
    accuracy = reader.all("accuracy")
    press.print(
        "method.html",
        addresses.METHOD,
        accuracy=accuracy,
        calibration=charts.reliability([row for row in accuracy if row["scope"] == "confidence"]),
        weights=reader.all("index_weights"),
        rubric_versions=[row["rubric_version"] for row in reader.rows("rubric_versions")],
    )
    press.print("about.html", addresses.ABOUT)
