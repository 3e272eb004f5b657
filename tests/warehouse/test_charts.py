"""Charts and badges: the numbers of the page, in its language, light and dark, usable elsewhere."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from lxml import etree
from portal_reading import Page

from warehouse.portal.badges import Badges
from warehouse.portal.charting import drawing, regions, stages, trends
from warehouse.portal.charting.drawing import draw
from warehouse.portal.charting.painting import Form, Painted
from warehouse.portal.charting.style import NARROW, WIDE
from warehouse.portal.speech import LANGUAGES, speech

COUNTED = {
    "service_count": 20,
    "stage_1_count": 10,
    "stage_2_count": 5,
    "stage_3_count": 3,
    "stage_4_count": 1,
    "undetermined_count": 1,
}
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
NAMES = {0: "unknown", 1: "one", 2: "two", 3: "three", 4: "four"}
SURVEYS = [
    {"survey_year": 2012, "egdi_rank": 99, "egdi": 0.5, "osi": 0.0, "index": None, "source": None},
    {"survey_year": 2014, "egdi_rank": 101, "egdi": 0.6, "osi": None, "index": 30.0, "source": "archive"},
    {"survey_year": 2026, "egdi_rank": None, "egdi": None, "osi": None, "index": 43.4, "source": "web"},
]
SPECS: dict[str, Callable[[int], dict[str, Any]]] = {
    "by_stage": stages.by_stage(COUNTED, NAMES, speech("en")),
    "stacked": stages.stacked([{**COUNTED, "label": "Ministry"}], speech("en")),
    "regions": regions.tiles(
        [
            {**COUNTED, "label": "North", "tile_column": 0, "tile_row": 0},
            {**dict.fromkeys(COUNTED, 0), "label": "South", "tile_column": 0, "tile_row": 1},
        ],
        speech("en"),
    ),
    "ranks": trends.ranks(SURVEYS[:2]),
    "indices": trends.indices(SURVEYS, {"egdi": "EGDI", "osi": "OSI", "ours": "Ours"}),
}


def said(svg: bytes) -> list[str]:
    """Return all words of a picture, in order."""
    return [text for text in etree.fromstring(svg).xpath("//*[local-name()='text']//text()") if text.strip()]


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_is_valid_vega_lite(name: str, width: int):
    """Altair's own schema has nothing against it."""
    alt.LayerChart.from_dict(SPECS[name](width), validate=True)


def test_a_chart_of_stages_has_each_number_and_share():
    """Under its name, lowest stage first."""
    words = said(draw(SPECS["by_stage"])[0][".svg"])

    assert {"10 · 50%", "5 · 25%", "3 · 15%", "1 · 5%"} <= set(words)
    assert ["1 one", "2 two", "3 three", "4 four", "? unknown"] == [
        " ".join(word.split()) for word in words if word.split()[-1] in NAMES.values()
    ]


def test_a_map_says_of_each_region_how_many_services_and_how_many_online():
    """A region without a service has its square all the same."""
    assert ["North", "South", "20 · 20%", "—"] == said(draw(SPECS["regions"])[0][".svg"])


def test_a_round_out_of_an_archive_has_a_hollow_point():
    """What the UN says, and what we harvested ourselves, is filled."""
    rows = SPECS["indices"](WIDE)["datasets"].values()
    fills = {(row["year"], row["index"]): row["fill"] for data in rows for row in data}

    assert {(2014, "Ours")} == {key for key, fill in fills.items() if not fill}
    assert 1 == fills[2026, "Ours"]


def test_a_survey_without_a_rank_has_no_point():
    """Nothing is drawn where nothing was said."""
    assert {"99", "101"} == set(said(draw(SPECS["ranks"])[0][".svg"])) - {"2012", "2014"}


def test_a_stage_that_no_service_has_is_no_fault():
    """A body whose services are all undetermined has a chart too."""
    only = dict.fromkeys(COUNTED, 0) | {"service_count": 2, "undetermined_count": 2}

    assert "2 · 100%" in said(draw(stages.by_stage(only, NAMES, speech("en")))[0][".svg"])


@pytest.mark.parametrize("name", SPECS)
def test_a_chart_is_whole_by_itself(name: str):
    """It asks for nothing from elsewhere, turns dark with its reader, and is as wide as it says."""
    files, height = draw(SPECS[name])
    root = etree.fromstring(files[".svg"])

    assert (str(WIDE), str(height)) == (root.get("width"), root.get("height"))
    assert str(NARROW) == etree.fromstring(files["-narrow.svg"]).get("width")
    assert b"prefers-color-scheme:dark" in files[".svg"]
    assert [] == root.xpath("//@*[contains(., '://')] | //*[local-name()='script' or local-name()='image']")


def test_a_png_is_twice_as_wide_as_the_page_shows():
    """For slides and for print."""
    png = draw(SPECS["ranks"])[0][".png"]

    assert (PNG_HEAD, 2 * WIDE) == (png[:8], struct.unpack(">I", png[16:20])[0])


def test_the_same_chart_has_the_same_bytes():
    """A release is the same, made twice."""
    assert draw(SPECS["stacked"]) == draw(SPECS["stacked"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_a_page_is_there_with_words_for_those_who_cannot_see_it(portal: Path, language: str):
    """Pictures lie beside their page: it works from any place."""
    folder = portal / language / "sample"
    for place in (folder, folder / "institutions" / "tax", folder / "services" / "tax-registration"):
        pictures = Page.read(place / "index.html").all("img")
        assert pictures
        for picture in pictures:
            assert (place / str(picture.attributes["src"])).is_file()
            assert len(picture.attributes["alt"] or "") > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_badge_says_what_its_page_says(portal: Path, language: str):
    """In the words of its language, in its title and on its face."""
    folder = portal / language / "sample" / "services" / "tax-registration"
    badge = etree.parse(folder / "badge.svg").getroot()
    title = badge.findtext("{*}title")
    [picture] = Page.read(folder / "index.html").all("img")

    assert title == picture.attributes["alt"]
    assert title == ": ".join(said(etree.tostring(badge)))
    assert "3" in title or "2" in title or "4" in title


@pytest.mark.parametrize(("online", "stage"), [(0, 1), (4, 1), (5, 2), (10, 3), (15, 4), (20, 4)])
def test_a_badge_has_the_colour_of_the_share_that_is_online(online: int, stage: int):
    """A quarter of all services for each stage's colour."""
    counted = {"service_count": 20, "stage_3_count": online, "stage_4_count": 0}

    assert stage == Badges(speech("en")).of_services(counted).stage


def test_a_body_of_which_nothing_was_seen_has_a_badge_that_says_so():
    """Not a share of nothing."""
    assert "no service seen" == Badges(speech("en")).of_services({"service_count": 0}).words


def test_a_picture_can_be_shown_elsewhere_and_leads_back(portal: Path):
    """The code beside it names the page and the picture at their own addresses."""
    code = " ".join(element.words for element in Page.read(portal / "en/sample/index.html").all("code"))

    assert (
        '<a href="https://baskych.example/latest/en/sample/"><img src="https://baskych.example/latest/en/sample/stages.svg"'
        in code
    )
    assert '<img src="https://baskych.example/latest/en/sample/badge.svg" height="20"' in code


def test_a_chart_that_was_drawn_before_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch):
    """And is the same; of those that are remembered the oldest goes first."""
    asked: list[Form] = []

    def paint(wide: Form, _narrow: Form) -> Painted:
        asked.append(wide)
        return Painted(wide=b"<svg>wide", narrow=b"<svg>narrow", png=b"png")

    monkeypatch.setattr(drawing, "_drawn", {})
    monkeypatch.setattr(drawing, "_REMEMBERED", 1)
    first, second = SPECS["ranks"], SPECS["stacked"]
    once, again = draw(first, paint), draw(first, paint)
    draw(second, paint)
    draw(first, paint)

    assert once == again
    assert [first(WIDE), second(WIDE), first(WIDE)] == asked
