-- The ledger: one row per address that a site's visit considered in a round.
-- Grain: round_id, site_id, url.
create table out_politeness (
    round_id      text      not null,
    site_id       text      not null,
    country_id    text      not null,
    host          text,
    url           text      not null,
    decision      text      not null check (decision in ('asked', 'refused')),
    rule          text      not null,
    robots_rule   text,
    detail        text,
    request_count bigint    not null,
    delay_seconds double,
    byte_count    bigint,
    outcome       text,
    decided_at    timestamp not null
);

insert into out_politeness by name
-- Links that are no web addresses (mail, telephones) may name a person: their scheme says enough.
with considered as (
    select
        round_id,
        site_id,
        country_id,
        host,
        url,
        is_sent,
        rule,
        robots_rule,
        outcome_detail as detail,
        delay_seconds,
        byte_count,
        outcome,
        captured_at as decided_at,
        1 as source_rank,
        seq
    from core_requests
    where round_id = getvariable('round_id')
    union all by name
    select
        round_id,
        site_id,
        country_id,
        nullif(lower(regexp_extract(url, '^https?://([^/?#]+)', 1, 'i')), '') as host,
        if(rule = 'scheme', regexp_extract(url, '^[A-Za-z0-9+.-]{0,20}:?') || '…', url) as url,
        false as is_sent,
        rule,
        detail,
        refused_at as decided_at,
        2 as source_rank,
        seq
    from raw_refusals
    where round_id = getvariable('round_id')
),

shown as (
    select * replace (masked(url) as url, masked(detail) as detail, masked(robots_rule) as robots_rule)
    from considered
),

-- An address may come up more than once: what was sent counts before what was not, then the last word.
last_words as (
    select
        *,
        count(*) filter (where is_sent) over (partition by round_id, site_id, url) as request_count,
        sum(byte_count) filter (where is_sent) over (partition by round_id, site_id, url) as all_byte_count
    from shown
    qualify row_number() over (
        partition by round_id, site_id, url order by is_sent desc, source_rank, seq desc
    ) = 1
)

select
    round_id,
    site_id,
    country_id,
    host,
    url,
    if(is_sent, 'asked', 'refused') as decision,
    rule,
    robots_rule,
    detail,
    request_count,
    if(is_sent, delay_seconds, null) as delay_seconds,
    cast(all_byte_count as bigint) as byte_count,
    outcome,
    decided_at
from last_words
order by round_id, site_id, url;

comment on table out_politeness is 'The ledger of politeness: every address that was considered, the rule that let us ask for it or did not, and what came of it.';
comment on column out_politeness.round_id is 'Month of the round, YYYY-MM.';
comment on column out_politeness.site_id is 'Site that was visited.';
comment on column out_politeness.country_id is 'Country whose round this was.';
comment on column out_politeness.host is 'Host of the address, with the port where it has one; empty where it is no web address.';
comment on column out_politeness.url is 'The address; of links to mail and telephones only their scheme, because they may name a person.';
comment on column out_politeness.decision is 'Whether it was asked for: asked or refused.';
comment on column out_politeness.rule is 'The rule that decided: one of out_rules.';
comment on column out_politeness.robots_rule is 'The line of robots.txt that matched, with its number; empty where none did.';
comment on column out_politeness.detail is 'What the rule met, or what went wrong, in words.';
comment on column out_politeness.request_count is 'Requests for this address.';
comment on column out_politeness.delay_seconds is 'Pause promised to the host at the time, in seconds; empty where it was not asked for.';
comment on column out_politeness.byte_count is 'Bytes received for it, after decoding; empty where it was not asked for.';
comment on column out_politeness.outcome is 'What came of it: one of out_outcomes; empty where a rule kept it from its turn.';
comment on column out_politeness.decided_at is 'When it was last decided, UTC.';
