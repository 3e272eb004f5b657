"""One service stands once, whoever describes it, in however many languages; and nothing else stands there."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pages import WORDS, passport, summary

from pipelines.identify import Identified, identify
from pipelines.records import PageSummary
from pipelines.services.known_services import KnownService, known_services
from pipelines.services.known_so_far import KnownSoFar
from pipelines.services.names import clean_name, likeness, name_key
from pipelines.services.neutral_addresses import canonical_address, neutral_address
from pipelines.services.topics import cofog_of, life_event_of

NAMES = WORDS.identify.names


def found(*pages: PageSummary, known: Sequence[KnownService] = ()) -> Identified:
    """Return the services of `pages`."""
    return identify(pages, known, WORDS)


def known_of(earlier: Identified) -> tuple[KnownService, ...]:
    """Return what is known of the services of an earlier round."""
    so_far = KnownSoFar()
    so_far.add_round(earlier.services, earlier.names, earlier.aliases, earlier.facts)
    return known_services(so_far.rows(), WORDS.identify)


def roles_of(one: Identified) -> list[tuple[str, str]]:
    """Return the roles and addresses of all pages of services."""
    return sorted((page.role, page.url) for page in one.pages)


BIRTH = summary("https://justice.kg/ru/services/1", title="Регистрация рождения", main=passport("Бесплатно"))
BIRTH_KY = summary(
    "https://justice.kg/ky/services/1", title="Төрөлүүнү каттоо", main=passport("Бесплатно"), language="ky"
)
DEATH = summary("https://justice.kg/ru/services/2", title="Регистрация смерти", main=passport("Бесплатно"))


def test_a_description_is_a_service_with_its_facts():
    """Name, provider, money and time come from the page."""
    service = found(summary("https://justice.kg/s/1", title="Регистрация брака", main=passport())).services[0]

    assert "Регистрация брака" == service.name
    assert "justice" == service.institution_id
    assert (200, "KGS", False, 3) == (
        service.fee_amount,
        service.fee_currency,
        service.is_free,
        service.processing_days,
    )


def test_language_versions_are_one_service():
    """/ru/services/1 and /ky/services/1 differ in the language only."""
    one = found(BIRTH, BIRTH_KY)

    assert [1, 2] == [len(one.services), one.services[0].page_count]
    assert {"ru": "Регистрация рождения", "ky": "Төрөлүүнү каттоо"} == {
        name.language: name.name for name in one.names
    }


def test_a_parameter_may_choose_the_language():
    """?lang=ru and ?lang=ky are one address in two languages."""
    one = found(
        summary("https://justice.kg/s?id=5&lang=ru", title="Лицензия нотариуса", main=passport()),
        summary(
            "https://justice.kg/s?lang=ky&id=5", title="Нотариус лицензиясы", main=passport(), language="ky"
        ),
    )

    assert 1 == len(one.services)


def test_pages_that_name_each_other_as_translations_are_one_service():
    """A language switch joins two addresses that have nothing in common."""
    switch = '<a href="{}">{}</a>'
    one = found(
        summary(
            "https://justice.kg/uslugi/brak",
            title="Регистрация брака",
            main=passport(),
            around=switch.format("https://justice.kg/kyzmattar/nike", "Кыргызча"),
        ),
        summary(
            "https://justice.kg/kyzmattar/nike",
            title="Никени каттоо",
            main=passport(),
            language="ky",
            around=switch.format("https://justice.kg/uslugi/brak", "Русский"),
        ),
    )

    assert 1 == len(one.services)


def test_a_switch_that_always_leads_to_one_page_joins_nothing():
    """Where every Russian page names the same Kyrgyz one, it is no translation of them."""
    switch = '<a href="https://justice.kg/kyzmat/baary">Кыргызча</a>'
    one = found(
        summary("https://justice.kg/uslugi/brak", title="Регистрация брака", main=passport(), around=switch),
        summary("https://justice.kg/uslugi/imya", title="Перемена имени", main=passport(), around=switch),
        summary("https://justice.kg/kyzmat/baary", title="Никени каттоо", main=passport(), language="ky"),
    )

    assert 3 == len(one.services)


def test_the_application_form_belongs_to_its_description():
    """A step below the description's address, or with its name, is a page of the same service."""
    form = '<form><input name="fio"><input type="file" name="f"><button>Отправить заявление</button></form>'
    one = found(
        BIRTH,
        summary("https://justice.kg/ru/services/1/apply", "application", "Онлайн-заявление", form),
        summary("https://justice.kg/zayavka?id=1", "application", "Заявление: Регистрация рождения", form),
    )

    assert 1 == len(one.services)
    assert ["description", "form", "form"] == [role for role, _ in roles_of(one)]


@pytest.mark.parametrize("step", ["https://justice.kg/ru/services/3/apply/2", "https://justice.kg/apply/2"])
def test_a_step_by_its_number_belongs_to_its_description(step: str):
    """Below the description, or below the first step that the description leads to."""
    form = '<form><input name="fio"><input type="file" name="f"><button>Далее</button></form>'
    link = passport() + '<a href="/apply">Подать заявление</a>'
    one = found(
        summary("https://justice.kg/ru/services/3", title="Выдача паспорта", main=link),
        summary(step, "application", "Шаг 2 из 5", form),
    )

    assert [("Выдача паспорта", 2)] == [(row.name, row.page_count) for row in one.services]


def test_different_fees_at_different_addresses_are_different_services():
    """A name alone does not join two pages of one site that contradict each other."""
    one = found(
        summary("https://justice.kg/s/a", title="Выдача лицензии", main=passport("200 сомов")),
        summary("https://justice.kg/s/b", title="Выдача лицензий", main=passport("900 сомов")),
    )

    assert 2 == len(one.services)


def test_the_joint_portal_keeps_the_provider():
    """A service that also stands on the portal is its institution's, once, in the institution's own words."""
    portal = summary(
        "https://portal.kg/ru/services/77",
        title="Регистрация рождения",
        main=passport() + "<p>Орган, оказывающий услугу: Министерство юстиции</p>",
        portal=True,
    )
    one = found(portal, BIRTH)

    assert [("justice", "xx-justice.kg")] == [(row.institution_id, row.site_id) for row in one.services]
    assert ["description", "portal"] == [role for role, _ in roles_of(one)]


def test_the_portal_may_call_a_service_otherwise():
    """A link to the provider's page, the same facts and a word in common make two names one service."""
    portal = summary(
        "https://portal.kg/ru/services/77",
        title="Рождение ребёнка: регистрация и свидетельство",
        main=passport("Бесплатно") + '<a href="https://justice.kg/ru/services/1">Сайт ведомства</a>',
        portal=True,
    )

    assert {"Регистрация рождения", "Регистрация смерти"} == {
        row.name for row in found(portal, BIRTH, DEATH).services
    }


def test_services_of_two_institutions_stay_two():
    """One name at two providers is two services."""
    one = found(
        summary("https://justice.kg/s/1", title="Выдача лицензии", main=passport()),
        summary("https://transport.kg/s/1", title="Выдача лицензии", main=passport()),
    )

    assert 2 == len(one.services)


def test_a_list_is_a_page_of_each_service_in_it():
    """An item that leads to a description is the same service."""
    catalogue = summary(
        "https://justice.kg/ru/services",
        "service-list",
        "Услуги",
        '<ul><li><a href="/ru/services/1">Регистрация рождения</a></li>'
        '<li><a href="/ru/services/2">Регистрация смерти</a></li></ul>',
    )
    one = found(BIRTH, DEATH, catalogue)

    assert 2 == len(one.services)
    assert 2 == [role for role, _ in roles_of(one)].count("list")


def test_an_item_without_a_page_is_a_service_when_it_states_its_terms():
    """A table of services with fee and time may be all that a site has."""
    catalogue = summary(
        "https://justice.kg/price",
        "service-list",
        "Перечень услуг",
        "<table><tr><td>1</td><td>Выдача копии архивной справки</td><td>3 дня</td><td>150 сом</td></tr>"
        "<tr><td>2</td><td>Заверение перевода документа</td><td>1 день</td><td>80 сом</td></tr></table>",
    )
    one = found(catalogue)

    assert {"Выдача копии архивной справки": 150, "Заверение перевода документа": 80} == {
        row.name: row.fee_amount for row in one.services
    }


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("news", "Новый порядок регистрации рождения"),
        ("information", "О министерстве"),
        ("document", "Закон о государственной пошлине"),
        ("service", "Вакансии министерства"),
        ("service", "Тендер на закупку бланков"),
        ("service", "Новости услуг"),
    ],
)
def test_what_only_looks_like_a_service_is_none(kind: str, title: str):
    """News, vacancies, tenders and laws are no services, even where a fee or a date stands in them."""
    page = summary("https://justice.kg/x", kind, title, "<p>Стоимость: 300 сом</p><p>Текст.</p>")

    assert () == found(page).services


def test_a_doubtful_page_needs_a_second_sign():
    """Below half sure, a page without facts and on no list makes no service."""
    doubtful = summary("https://justice.kg/x", title="Регламент", main="<p>Текст.</p>", sure=0.2)

    assert () == found(doubtful).services


def test_a_passport_is_a_service_whatever_the_page_looks_like():
    """Five different labelled facts are a service's, also where the kind was taken for news."""
    main = passport() + "<h2>Результат</h2><p>Свидетельство</p>"

    assert 1 == len(found(summary("https://justice.kg/x", "news", "Регистрация брака", main)).services)


def test_a_page_that_could_not_be_seen_counts_as_unseen():
    """Could not look is never absent: the service says how many of its pages were not seen."""
    link = passport() + '<a href="/ru/services/3/apply">Подать заявление</a>'
    one = found(
        summary("https://justice.kg/ru/services/3", title="Перемена имени", main=link),
        summary("https://justice.kg/ru/services/3/apply", outcome="unreachable_timeout"),
    )

    assert [(1, 1)] == [(row.page_count, row.unseen_count) for row in one.services]


def test_pages_that_were_not_seen_make_no_service():
    """A block page's text proves nothing."""
    assert (
        ()
        == found(
            summary("https://justice.kg/1", title="Регистрация", main=passport(), outcome="blocked")
        ).services
    )


def test_names_lose_what_is_not_the_services():
    """Prefixes, numbers, quotation marks and the site's own name go."""
    site = {"министерство юстиции"}

    assert "Выдача справки" == clean_name("Паспорт услуги: Выдача справки", NAMES)
    assert "Регистрация смерти" == clean_name("Услуга № 5: Регистрация смерти", NAMES)
    assert "Выдача паспорта" == clean_name("Выдача паспорта — Министерство юстиции", NAMES, site)
    assert "Никени каттоо" == clean_name("Кызматтын паспорту: «Никени каттоо»", NAMES)
    assert "" == clean_name("Государственные услуги", NAMES)


def test_a_link_to_itself_names_no_page():
    """Buttons that only open a part of the page say "call us", not what the page is about."""
    calls = passport() + '<a href="#call">Позвоните нам по телефону</a>' * 5
    words = ("раз", "два", "три")
    pages = [summary(f"https://justice.kg/{at}", title="Портал", main=f"{calls}<p>{at}</p>") for at in words]

    assert () == found(*pages).services


def test_names_are_alike_by_the_words_that_carry_meaning():
    """Words such as "выдача" and "получение" do not tell services apart; "рождение" and "смерть" do."""

    def alike(one: str, other: str) -> float:
        return likeness(name_key(one, NAMES), name_key(other, NAMES))

    assert 1 == alike("Выдача справки о составе семьи", "Получение справки о составе семьи")
    assert 0 == alike("Регистрация рождения", "Регистрация смерти")
    assert 1 == alike("Үй-бүлө курамы тууралуу маалымкат", "Уй-було курамы тууралуу маалымкат")


def test_an_id_outlives_a_new_name_and_a_new_address():
    """A renamed page is known by its address, a moved one by provider and name."""
    before = found(BIRTH, BIRTH_KY)
    known = known_of(before)
    service_id = before.services[0].service_id
    renamed = found(replace(BIRTH, h1="Запись акта о рождении", title="Запись акта о рождении"), known=known)
    moved = found(replace(BIRTH, canonical_url="https://justice.kg/new/77"), known=known)

    assert [service_id] == [row.service_id for row in renamed.services]
    assert [service_id] == [row.service_id for row in moved.services]
    assert {"justice.kg/services/1", "justice.kg/new/77"} <= {row.alias for row in moved.aliases}


def test_an_id_outlives_a_new_address_with_a_word_more_in_the_name():
    """Where nothing competes; two new services of which either may be the old one are both new."""
    before = found(summary("https://justice.kg/1", title="Выдача паспорта", main=passport()))
    known = known_of(before)
    common = summary("https://justice.kg/new/1", title="Выдача общегражданского паспорта", main=passport())
    other = summary("https://justice.kg/new/2", title="Выдача дипломатического паспорта", main=passport())
    service_id = before.services[0].service_id

    assert [service_id] == [row.service_id for row in found(common, known=known).services]
    assert service_id not in {row.service_id for row in found(common, other, known=known).services}


LAW = "<h2>Правовая основа</h2><p>Закон КР от 5 мая 2019 года № 77</p>"


def test_an_id_outlives_a_new_address_with_wholly_new_words():
    """The provider asks for the same documents, takes the same, and names the same act."""
    before = found(summary("https://justice.kg/1", title="Выдача паспорта", main=passport() + LAW))
    other = summary("https://justice.kg/2", title="Регистрация брака", main=passport("500 сомов"))
    later = summary(
        "https://justice.kg/new/1", title="Документ, удостоверяющий личность", main=passport() + LAW
    )
    now = found(later, other, known=known_of(before))

    assert {before.services[0].service_id: "Документ, удостоверяющий личность"} == {
        row.service_id: row.name for row in now.services if "new" in row.url
    }


def test_a_new_service_that_only_costs_the_same_takes_nobody_s_id():
    """Free of charge, three days, a passport: what others of the provider state too says nothing of one."""
    before = found(summary("https://justice.kg/1", title="Выдача паспорта", main=passport()))
    stays = summary("https://justice.kg/2", title="Регистрация брака", main=passport())
    new = summary("https://justice.kg/3", title="Перемена имени", main=passport())
    now = found(new, stays, known=known_of(found(stays)) + known_of(before))

    assert before.services[0].service_id not in {row.service_id for row in now.services}


def test_two_services_that_became_one_keep_the_other_id_as_an_alias():
    """Who knew the service by its second id still finds it."""
    before = found(BIRTH, DEATH)
    known = known_of(before)
    both = replace(DEATH, h1=BIRTH.h1, title=BIRTH.title)
    now = found(BIRTH, both, known=known)
    ids = {row.service_id for row in before.services}

    assert 1 == len(now.services)
    assert ids == {now.services[0].service_id} | {row.alias for row in now.aliases if row.kind == "id"}


def test_an_id_is_opaque_and_the_same_wherever_it_is_made():
    """`svc-` and sixteen characters that follow from country and address alone."""
    service_id = found(BIRTH).services[0].service_id
    among_others = {row.service_id for row in found(DEATH, BIRTH).services}

    assert service_id in among_others
    assert ("svc-", 20) == (service_id[:4], len(service_id))


def test_addresses_have_one_spelling():
    """Noise parameters, sessions, index files and trailing slashes change nothing."""
    rules = WORDS.identify

    assert "https://x.kg/s?id=7" == canonical_address("https://X.kg/s/?utm_source=a&id=7&print=Y#top", rules)
    assert "https://x.kg/s" == canonical_address("https://x.kg/s;jsessionid=AF07", rules)
    assert "x.kg/form.docx" == neutral_address(canonical_address("https://x.kg/form_ru.docx", rules), rules)


@given(
    st.sampled_from(["https://x.kg/ru/a/index.php?lang=ky&b=1#c", "http://x.kg//a/?B=2&a=1", "https://x.kg"])
)
def test_canonical_addresses_stay_as_they_are(url: str):
    """The spelling of a canonical address is itself."""
    once = canonical_address(url, WORDS.identify)

    assert once == canonical_address(once, WORDS.identify)


def test_life_event_and_function_follow_from_the_name():
    """In any language; the longest phrase decides."""
    assert "having-a-child" == life_event_of(["Баланын туулгандыгын каттоо"], WORDS)
    assert "retirement" == life_event_of(["Назначение пенсии по возрасту"], WORDS)
    assert "10" == cofog_of(["Назначение пенсии по возрасту"], "retirement", WORDS)
    assert life_event_of(["Прочее"], WORDS) is None


EVERYTHING = (
    BIRTH,
    BIRTH_KY,
    DEATH,
    summary("https://justice.kg/ru/services/1/apply", "application", "Онлайн-заявление", "<form></form>"),
    summary(
        "https://portal.kg/ru/services/9",
        title="Регистрация рождения",
        main=passport() + "<p>Исполнитель: Министерство юстиции</p>",
        portal=True,
    ),
    summary(
        "https://justice.kg/ru/services",
        "service-list",
        "Услуги",
        '<ul><li><a href="/ru/services/1">Регистрация рождения</a></li>'
        '<li><a href="/ru/services/2">Регистрация смерти</a></li></ul>',
    ),
    summary("https://justice.kg/ru/news/1", "news", "Регистрация рождения стала проще", "<p>Вчера.</p>"),
    summary("https://transport.kg/1", title="Регистрация автомобиля", main=passport("5 000 сом")),
)


@settings(max_examples=25, deadline=None)
@given(st.permutations(EVERYTHING))
def test_the_order_of_pages_changes_nothing(pages: list[PageSummary]):
    """The same pages give the same rows, byte for byte."""
    assert identify(EVERYTHING, (), WORDS) == identify(pages, (), WORDS)
