"""Write how the crawler behaves as rows: its numbers, the rules of its ledger, and who asked it to stay away.

The portal's page on the bot says nothing that does not stand here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawlers.policy import policy, user_agent
from crawlers.politeness.decisions import Grant, Rule
from crawlers.politeness.rules import about_rule
from crawlers.sites import Registry

_OF_POLICY = (
    "user_agent_token",
    "timeout_seconds",
    "max_bytes",
    "max_redirects",
    "max_retries",
    "gone_asks",
    "robots_max_bytes",
    "robots_max_redirects",
    "robots_max_age_seconds",
    "robots_failed_max_age_seconds",
    "crawl_delay_cap_seconds",
    "retry_after_cap_seconds",
    "slowed_factor",
    "give_up_after",
    "give_up_after_errors",
    "give_up_after_slowings",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """Row of codes_rules: why an address was asked for, or not. Key: rule. File: all."""

    rule: str
    is_refusal: bool
    label_ky: str
    label_ru: str
    label_en: str
    advice_ky: str
    advice_ru: str
    advice_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlerSettingRow:
    """Row of codes_crawler_settings: how the crawler behaves. Key: country_id, setting. File: by country."""

    country_id: str
    setting: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOutRow:
    """Row of codes_opt_outs: who asked by letter to be left alone. Key: country_id, stay_out_of."""

    country_id: str
    stay_out_of: str  # host, host:port or host/path
    since: date
    reason: str


def rule_rows() -> Iterator[RuleRow]:
    """Yield every rule of the ledger."""
    for rule in (*Rule, *Grant):
        known = about_rule(rule)
        yield RuleRow(
            rule=rule.value,
            is_refusal=isinstance(rule, Rule),
            label_ky=known.label.ky,
            label_ru=known.label.ru,
            label_en=known.label.en,
            advice_ky=known.advice.ky,
            advice_ru=known.advice.ru,
            advice_en=known.advice.en,
        )


def setting_rows(registry: Registry) -> Iterator[CrawlerSettingRow]:
    """Yield how the sites of `registry` are visited, where nothing else is said of one."""
    crawler, numbers = registry.crawler, policy()
    hours = crawler.visiting_hours
    settings: dict[str, object] = {name: getattr(numbers, name) for name in _OF_POLICY}
    settings |= {
        "user_agent": user_agent(registry),
        "contact": crawler.contact,
        "delay_seconds": f"{crawler.delay_seconds:g}",
        "max_pages": crawler.max_pages,
        "visiting_hours": f"{hours.opens:%H:%M}–{hours.closes:%H:%M}" if hours else "",
        "time_zone": registry.country.time_zone,
    }
    for setting, value in sorted(settings.items()):
        yield CrawlerSettingRow(country_id=registry.country.id, setting=setting, value=str(value))


def opt_out_rows(registry: Registry) -> Iterator[OptOutRow]:
    """Yield the letters that asked us to stay away."""
    for letter in registry.opt_outs:
        yield OptOutRow(
            country_id=registry.country.id,
            stay_out_of=letter.stay_out_of,
            since=letter.since,
            reason=letter.reason,
        )
