"""The page on the robot: who it is, how fast it goes, how to slow or stop it, in the crawler's numbers."""

from collections import defaultdict

from warehouse.portal import addresses
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader


def print_pages(press: Press, reader: Reader) -> None:
    """Print the page; its numbers are those of the settings that the tables hold, country by country."""
    countries = {row["country_id"]: row for row in reader.rows("countries")}
    settings: dict[str, dict[str, str]] = defaultdict(dict)
    for row in reader.rows("crawler_settings"):
        settings[row["country_id"]][row["setting"]] = row["value"]
    crawlers = [(countries[key], found) for key, found in settings.items() if key in countries]
    press.print(
        "bot.html",
        addresses.BOT,
        crawlers=crawlers,
        numbers=crawlers[0][1] if crawlers else None,
        opt_outs=reader.all("opt_outs"),
    )
