"""Facts under labels: in many languages, with units in the label, several on a line, and none by mistake."""

import pytest
from small_pages import facts_of

FACTS_IN = {
    "it": (
        "<h2>A chi è rivolto</h2><p>Ai cittadini</p><h2>Cosa serve</h2><ul><li>Carta d'identità</li></ul>"
        "<h2>Quanto costa</h2><p>16,00 €</p><h2>Tempi e scadenze</h2><p>30 giorni</p>"
    ),
    "es": (
        "<h2>¿A quién está dirigido?</h2><p>A todos</p><h2>¿Qué necesito?</h2><ul><li>DNI</li></ul>"
        "<h2>¿Cuál es el costo?</h2><p>16 euros</p><h2>¿Cuánto tiempo lleva?</h2><p>30 días hábiles</p>"
    ),
    "fr": (
        "<h2>Conditions</h2><p>Être majeur</p><h2>Pièces à fournir</h2><ul><li>Photo</li></ul>"
        "<h2>Combien ça coûte ?</h2><p>16 €</p><h2>Délai</h2><p>30 jours</p>"
    ),
    "pt": (
        "<h2>Quem pode utilizar este serviço?</h2><p>Cidadãos</p><h2>Documentos necessários</h2>"
        "<ul><li>CPF</li></ul><h2>Quanto custa?</h2><p>16 €</p><h2>Quanto tempo leva?</h2><p>30 dias</p>"
    ),
    "de": (
        "<h2>Voraussetzungen</h2><p>Volljährig</p><h2>Welche Unterlagen werden benötigt?</h2>"
        "<ul><li>Ausweis</li></ul><h2>Welche Gebühren fallen an?</h2><p>16 EUR</p>"
        "<h2>Bearbeitungsdauer</h2><p>30 Tage</p>"
    ),
    "uz": (
        "<h2>Kimlar uchun</h2><p>Fuqarolar</p><h2>Kerakli hujjatlar</h2><ul><li>Pasport</li></ul>"
        "<h2>Xizmat narxi</h2><p>16 €</p><h2>Xizmat ko'rsatish muddati</h2><p>30 kun</p>"
    ),
}


@pytest.mark.parametrize("language", FACTS_IN)
def test_headings_of_each_language_announce_facts(language: str):
    """Who, what to bring, how much, how long."""
    found = facts_of(f"<main>{FACTS_IN[language]}</main>")

    assert {"recipients", "documents_required", "fee", "processing_time"} == found.keys()
    assert ("16 EUR", "30") == (found["fee"][0].value, found["processing_time"][0].value)


@pytest.mark.parametrize(
    ("html", "value"),
    [
        ("<dl><dt>Fee</dt><dd>$50</dd></dl>", "50 USD"),
        ("<table><tr><th>Fee</th><td>$50</td></tr></table>", "50 USD"),
        ("<h2>How much it costs</h2><p>£88.50</p>", "88.5 GBP"),
        ("<dl><dt>Coût</dt><dd>86 €</dd></dl>", "86 EUR"),
        ("<dl><dt>Стоимость, сом</dt><dd>300</dd></dl>", "300 KGS"),
        ("<p>Стоимость (сом): 1 300</p>", "1300 KGS"),
    ],
)
def test_an_amount_without_letters_is_a_fee(html: str, value: str):
    """A sign is enough, and the label may name the currency."""
    assert [value] == [fact.value for fact in facts_of(f"<main>{html}</main>")["fee"]]


def test_a_label_names_the_unit_of_time():
    """Ten under "Срок, рабочих дней" is ten days."""
    found = facts_of("<main><dl><dt>Срок, рабочих дней</dt><dd>10</dd></dl></main>")

    assert "10" == found["processing_time"][0].value


def test_the_number_of_a_row_is_no_value_of_the_head_above():
    """Under "№, Услуга, Срок, дней" the 1 that follows is the row's."""
    found = facts_of(
        "<main><table><tr><th>Услуга</th><th>Стоимость, сом</th><th>Срок, дней</th></tr>"
        "<tr><td>1</td><td>Выдача справки о составе семьи</td></tr></table></main>"
    )

    assert "processing_time" not in found


def test_cells_below_a_row_of_labels_are_read():
    """A table's head names fee and time before any row has them."""
    found = facts_of(
        "<main><table><tr><th>Service</th><th>Fee</th><th>Time</th></tr>"
        "<tr><td>Adult passport</td><td>$50</td><td>10 days</td></tr></table></main>"
    )

    assert ("50 USD", "10") == (found["fee"][0].value, found["processing_time"][0].value)


@pytest.mark.parametrize(
    "line",
    [
        "Coût : 25 €. Délai : 10 jours ouvrables.",
        "It costs 25 euros. You'll usually get your passport within 10 days.",
        "Стоимость: 25 евро, срок: 10 дней",
    ],
)
def test_one_paragraph_may_state_two_facts(line: str):
    """Each label begins its own value, and a value ends where its sentence does."""
    found = facts_of(f"<main><p>{line}</p></main>")

    assert ("25 EUR", "10") == (found["fee"][0].value, found["processing_time"][0].value)


def test_the_sign_before_an_amount_belongs_to_it():
    """The words "It costs" announce "£88.50", not "88.50"."""
    found = facts_of("<main><p>It costs £88.50.</p></main>")["fee"][0]

    assert ("88.5 GBP", "£88.50.") == (found.value, found.quote)


@pytest.mark.parametrize(
    ("html", "fact"),
    [
        ("<p>Documents: Annual report 2023</p>", "documents_required"),
        ("<p>Results: 12 results found</p>", "result"),
        ("<h2>Law</h2><p>Law enforcement news</p>", "legal_basis"),
        ("<h2>Documents</h2><p>Save and continue</p>", "documents_required"),
    ],
)
def test_a_label_of_something_else_gives_no_fact(html: str, fact: str):
    """Lists of publications, results of a search, news and buttons are no facts of a service."""
    assert fact not in facts_of(f"<main>{html}</main>")


def test_what_a_form_asks_for_is_no_fact():
    """Under "Заявитель" a form has the labels of its fields, not who may apply."""
    found = facts_of(
        "<main><form method='post'><h2>Заявитель</h2><label for='n'>ФИО</label><input id='n' name='n'>"
        "<label for='d'>Дата рождения</label><input id='d' name='d'><h2>Documents</h2>"
        "<input type='file' name='f'><button>Save and continue</button></form></main>"
    )

    assert not found.keys() & {"recipients", "documents_required"}
