"""How this crawler behaves: the numbers of `policy.yml`, and the name under which it goes."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from pydantic import Field, IPvAnyNetwork

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Positive, Strict
from crawlers.sites import Registry, Site
from crawlers.strict_yaml import load_model


class Policy(Strict):
    """The whole of `policy.yml`."""

    user_agent_token: Annotated[str, Field(pattern=r"^[A-Za-z_-]+$")]
    timeout_seconds: Positive
    hurried_seconds: Positive
    site_seconds: Positive
    dns_timeout_seconds: Positive
    dns_threads: Positive
    max_header_bytes: Positive
    max_bytes: Positive
    max_unpacked_bytes: Positive
    max_redirects: Positive
    max_url_characters: Positive
    max_depth: Positive
    robots_max_bytes: Positive
    robots_max_redirects: Positive
    robots_max_age_seconds: Positive
    robots_failed_max_age_seconds: Positive
    crawl_delay_cap_seconds: Positive
    retry_after_cap_seconds: Positive
    slowed_delay_seconds: Positive
    slowed_factor: Positive
    give_up_after_slowings: Positive
    rest_handed_over_cap_seconds: Positive
    ledger_max_refusals: Positive
    max_retries: Annotated[int, Field(ge=0)]
    gone_asks: Positive
    give_up_after: Positive
    give_up_after_errors: Positive
    free_disk_bytes: Positive
    clock_tolerance_seconds: Positive
    clock_witnesses: Positive
    accept: str
    accept_encoding: str
    never_contacted: tuple[IPvAnyNetwork, ...]
    dns_failures: Mapping[int, str]
    tls_faults: Mapping[int, str]
    tls_faults_above: Mapping[int, str]
    tls_errors: Mapping[str, str]


@cache
def policy() -> Policy:
    """Return the policy that ships with the crawler."""
    return load_model(Path(__file__).with_name("policy.yml"), Policy, CrawlersError)


def user_agent(registry: Registry) -> str:
    """Return the name under which a registry's sites are visited, with an address to complain to."""
    return f"{policy().user_agent_token}/{version('baskych')} (+{registry.crawler.contact})"


def accepted_languages(site: Site) -> str:
    """Return the site's languages as an Accept-Language header; any, where it names none."""
    return ", ".join([*site.languages, "*;q=0.5"])
