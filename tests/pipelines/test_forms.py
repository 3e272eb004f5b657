"""What forms are for: a search box applies for nothing, and a look-up is no application."""

from pathlib import Path

import pytest
import yaml

from pipelines.clean import page_from_html
from pipelines.records import Form

CASES = yaml.safe_load((Path(__file__).parents[1] / "golden/forms/purposes.yml").read_text("utf-8"))


def forms(html: str) -> tuple[Form, ...]:
    """Return the forms of a piece of a page."""
    return page_from_html(f"<html><body><main>{html}</main></body></html>".encode(), None).forms


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["html"][:60])
def test_a_form_s_purpose_is_told(case: dict[str, str]):
    """Each case of `golden/forms/purposes.yml` is one form with one purpose."""
    assert [case["purpose"]] == [form.purpose for form in forms(case["html"])]


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ('<label for="a">Паспорт</label><input id="a">', "Паспорт"),
        ("<label>Паспорт <input></label>", "Паспорт"),
        ('<input placeholder="Паспорт">', "Паспорт"),
        ('<input aria-label="Паспорт">', "Паспорт"),
        ("<table><tr><td>Паспорт</td><td><input></td></tr></table>", "Паспорт"),
        ('<b id="a">Паспорт</b> <i id="b">№</i><p>Же</p><input aria-labelledby="a b">', "Паспорт №"),
        ("<div>Паспорт <b>*</b></div><input>", "Паспорт *"),
        ("<div>Паспорт</div><div>*</div><input>", "Паспорт *"),
        ("<label>Паспорт <select><option>9:00<option>10:00</select></label>", "Паспорт"),
        ("<label><select><option>9:00</select> Паспорт</label>", "Паспорт"),
    ],
)
def test_a_field_has_the_words_that_a_reader_takes_for_its_label(html: str, label: str):
    """Old pages have a label only by standing beside the field."""
    assert label == forms(html)[0].fields[0].label


def test_required_fields_are_known():
    """By HTML's attribute or by ARIA's."""
    found = forms('<input name="a" required><input name="b" aria-required="true"><input name="c">')

    assert [True, True, False] == [field.is_required for field in found[0].fields]


def test_hidden_inputs_and_buttons_are_no_fields():
    """They ask nothing."""
    found = forms(
        '<form><input type="hidden" name="t"><input name="a"><input type="submit" value="Ок"></form>'
    )

    assert (["a"], "Ок") == ([field.name for field in found[0].fields], found[0].submit_text)


@pytest.mark.parametrize(
    "mark", ['<div class="g-recaptcha"></div>', '<img src="/captcha.php">', '<input name="captcha_word">']
)
def test_a_captcha_is_seen(mark: str):
    """A form with a robot check cannot be sent by a machine: worth knowing."""
    assert forms(f'<form><input name="a">{mark}</form>')[0].has_captcha


def test_fields_of_one_line_have_each_their_own_words():
    """Nor do the options of a list name the field after it."""
    found = forms("Аты <input> Жашы <select><option>18</select> <input>")

    assert ["Аты", "Жашы", ""] == [field.label for field in found[0].fields]


def test_a_robot_check_without_a_sign_watches_the_forms_that_are_sent():
    """The third version of reCAPTCHA is a script in the head and nothing else."""
    script = '<script src="https://www.google.com/recaptcha/api.js?render=k"></script>'
    body = '<form role="search"><input name="q"></form><form method="post"><input name="a"></form>'
    html = f"<head>{script}</head><body>{body}".encode()

    assert [False, True] == [form.has_captcha for form in page_from_html(html, None).forms]


def test_buttons_without_fields_are_no_form():
    """A page's buttons that only scripts know are links to a reader."""
    assert () == forms("<button>Дагы</button><button>Жабуу</button>")
