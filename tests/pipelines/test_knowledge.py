"""Knowledge is refused where it does not fit, and says in three languages all that people read."""

import shutil
from pathlib import Path

import pytest
import yaml

from pipelines.judging.names import check_names
from pipelines.knowledge import FOLDER, KnowledgeError, UnknownIndicatorError, load_knowledge
from pipelines.lexicon_files import LexiconFiles
from pipelines.replay import OwnRules, lay_rules

LABELLED = [
    "service-description",
    "recipients",
    "documents-required",
    "fee",
    "processing-time",
    "legal-basis",
    "service-contact",
    "downloadable-form",
    "faq",
    "feedback-form",
    "site-search",
    "language-switch",
    "accessibility-mode",
    "multimedia",
    "apply-online",
    "application-form",
    "login",
    "online-payment",
    "e-signature",
    "status-tracking",
    "appointment",
    "file-upload",
    "single-sign-on",
    "one-stop",
    "consultation",
    "open-data",
    "personalised",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge, to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "knowledge"))


def spoil(path: Path, before: str, after: str) -> None:
    """Replace the first `before` in a file."""
    text = path.read_text("utf-8")
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_every_labelled_indicator_is_known():
    """Other people's labels use these ids."""
    assert set(LABELLED) <= set(load_knowledge().indicators_by_id)


def test_the_four_stages_stand_in_order():
    """Stages are numbered 1 to 4."""
    assert [1, 2, 3, 4] == [stage.stage for stage in load_knowledge().stages]


def test_everything_that_people_read_is_said_in_three_languages():
    """Kyrgyz is not Russian: each wording is its own."""
    knowledge = load_knowledge()
    said = [one for item in knowledge.indicators for one in (item.name, item.definition, item.advice)]
    said += [one for stage in knowledge.stages for one in (stage.name, stage.definition)]
    said += [rule.wording for rule in knowledge.rubric.rules]

    assert all(one.ky and one.ru and one.en and one.ky != one.ru for one in said)


def test_how_an_indicator_is_seen_is_said_anew_in_each_language():
    """Of pages and of sites; no language stands in for another."""
    known = load_knowledge()
    said = [indicator.how_seen for indicator in (*known.indicators, *known.site_indicators)]

    assert [] == [
        words.en for words in said if len({words.ky, words.ru, words.en}) < 3 or not words.ky or not words.ru
    ]


def test_every_stage_above_the_first_has_a_rule_that_says_what_would_prove_it():
    """A web team must know what to do next: what is missing is read off the rules."""
    rules = load_knowledge().rubric.rules

    assert {2, 3, 4} == {rule.stage for rule in rules if rule.any_of or rule.all_of}


def test_an_unknown_indicator_for_a_name_is_refused(folder: Path):
    """What a page's own name shows must be an indicator."""
    spoil(folder / "rubric.yml", "named_by: service-description", "named_by: service-descripton")

    with pytest.raises(UnknownIndicatorError, match="named_by: 'service-descripton'"):
        load_knowledge(folder)


def test_an_unknown_key_is_refused(folder: Path):
    """A typing error in a key must not be silently dropped."""
    spoil(folder / "indicators.yml", "    level: page", "    levle: page")

    with pytest.raises(KnowledgeError, match=r"indicators.yml.*levle"):
        load_knowledge(folder)


def test_an_unknown_indicator_in_the_rubric_is_refused(folder: Path):
    """A rule that names what nobody looks for would never hold."""
    spoil(folder / "rubric.yml", "any_of: [downloadable-form]", "any_of: [downloadable-frm]")

    with pytest.raises(UnknownIndicatorError, match=r"blank-form.*downloadable-frm"):
        load_knowledge(folder)


def test_an_unknown_concept_in_a_cue_is_refused(folder: Path):
    """A cue for words that no lexicon has would never show."""
    spoil(folder / "indicators.yml", "words: [description]", "words: [descripton]")

    with pytest.raises(KnowledgeError, match=r"service-description: concept: 'descripton'"):
        load_knowledge(folder)


def test_an_unknown_kind_in_a_sign_is_refused(folder: Path):
    """Points for a kind that there is not would be lost."""
    spoil(folder / "kinds.yml", "points: {application: 3,", "points: {aplication: 3,")

    with pytest.raises(KnowledgeError, match=r"aplication"):
        load_knowledge(folder)


def test_a_lexicon_under_another_languages_name_is_refused(folder: Path):
    """The file's name is the language."""
    spoil(folder / "lexicons/ky.yml", "language: ky", "language: kk")

    with pytest.raises(KnowledgeError, match=r"ky.yml"):
        load_knowledge(folder)


@pytest.mark.parametrize("text", [b"stages: [", b"stages: \xff", b"stages: 2026-02-30"])
def test_broken_yaml_is_refused_with_its_file(folder: Path, text: bytes):
    """The message names the file, whatever is wrong with it."""
    (folder / "stages.yml").write_bytes(text)

    with pytest.raises(KnowledgeError, match=r"stages.yml: cannot be read as YAML"):
        load_knowledge(folder)


def test_a_lexicon_has_each_concept_once():
    """YAML would let a second list of the same concept replace the first without a word."""
    for path in sorted((FOLDER / "lexicons").glob("*.yml")):
        concepts = yaml.safe_load(path.read_text("utf-8"))["concepts"]
        lines = [
            line
            for line in path.read_text("utf-8").splitlines()
            if line.startswith("  ") and line[2] not in " -#"
        ]

        assert len(concepts) == len(lines), path.name


def test_a_word_more_is_another_version_of_the_rules(folder: Path):
    """Two verdicts of one version were judged by the same words, weights and thresholds."""
    lexicon = folder / "lexicons/ky.yml"
    lexicon.write_text(lexicon.read_text("utf-8") + "  new_concept: [жаңы сөз]\n", "utf-8")

    assert load_knowledge().rubric.version != load_knowledge(folder).rubric.version


def test_the_shipped_knowledge_names_nothing_that_is_not_there():
    """It is not looked through at each start: a page is read before all lexicons could be."""
    check_names(load_knowledge())


def test_only_the_lexicons_that_a_text_asks_for_are_read(folder: Path):
    """A text in one language need not wait for twenty."""
    asked = LexiconFiles(folder / "lexicons", [])
    spoil(folder / "lexicons/ky.yml", "language: ky", "language: kk")

    assert asked["en"]
    with pytest.raises(KnowledgeError, match=r"ky\.yml: expected the keys language \(ky\)"):
        asked["ky"]


@pytest.mark.parametrize("text", [b"weights: [", b"weights: \xff", b"weights: 2026-02-30"])
def test_weights_of_ones_own_that_are_no_yaml_are_refused_by_their_file(tmp_path: Path, text: bytes):
    """Whatever is wrong with them: no end, no UTF-8, or a day that no calendar has."""
    path = tmp_path / "w.yml"
    path.write_bytes(text)

    with pytest.raises(KnowledgeError, match=r"w\.yml: cannot be read as YAML"):
        lay_rules(OwnRules(by="A", weights=path), tmp_path)
