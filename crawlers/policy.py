"""How this crawler behaves: the numbers of `policy.yml`, and the name under which it goes."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from pydantic import Field, IPvAnyNetwork

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Strict
from crawlers.sites import Registry, Site
from crawlers.strict_yaml import load_model

_Positive = Annotated[int, Field(gt=0)]


class Policy(Strict):
    """The whole of `policy.yml`."""

    user_agent_token: Annotated[str, Field(pattern=r"^[A-Za-z_-]+$")]
    timeout_seconds: _Positive
    hurried_seconds: _Positive
    site_seconds: _Positive
    dns_timeout_seconds: _Positive
    dns_threads: _Positive
    max_header_bytes: _Positive
    max_bytes: _Positive
    max_unpacked_bytes: _Positive
    max_redirects: _Positive
    max_url_characters: _Positive
    max_depth: _Positive
    robots_max_bytes: _Positive
    robots_max_redirects: _Positive
    robots_max_age_seconds: _Positive
    robots_failed_max_age_seconds: _Positive
    crawl_delay_cap_seconds: _Positive
    retry_after_cap_seconds: _Positive
    slowed_delay_seconds: _Positive
    slowed_factor: _Positive
    give_up_after_slowings: _Positive
    rest_handed_over_cap_seconds: _Positive
    ledger_max_refusals: _Positive
    max_retries: Annotated[int, Field(ge=0)]
    gone_asks: _Positive
    give_up_after: _Positive
    give_up_after_errors: _Positive
    free_disk_bytes: _Positive
    clock_tolerance_seconds: _Positive
    clock_witnesses: _Positive
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
