-- One row per country or institution, round, part of the index and stage: how many of how many.
-- Grain: country_id, institution_id, round_id, part, stage; the country's own rows have no institution_id.
create table core_shares (
    country_id       text not null,
    institution_id   text,
    round_id         text not null,
    part             text not null check (part in ('services', 'indicators')),
    stage            utinyint not null check (stage between 1 and 4),
    met_count        bigint not null,
    applicable_count bigint not null check (applicable_count > 0)
);

insert into core_shares by name
with known as (
    select
        services.country_id,
        services.institution_id,
        rounds.round_id,
        rounds.service_id,
        rounds.kept_round_id,
        verdicts.stage
    from core_service_rounds as rounds
    inner join core_services as services
        on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
    left join core_verdicts as verdicts
        on rounds.service_id = verdicts.service_id and rounds.kept_round_id = verdicts.round_id
    where rounds.round_id = getvariable('round_id') and rounds.state <> 'gone'
),

-- As of each round, a site is what it was when it was last seen.
last_looks as (
    select site_rounds.site_id, rounds.round_id, max(site_rounds.round_id) as seen_round_id
    from core_rounds as rounds
    inner join core_site_rounds as site_rounds using (country_id)
    where rounds.round_id = getvariable('round_id') and site_rounds.seen_count > 0
    group by site_rounds.site_id, rounds.round_id
),

sites_seen as (
    select sites.country_id, sites.institution_id, last_looks.*
    from codes_sites as sites
    inner join last_looks using (site_id)
),

site_indicators as (
    select distinct findings.site_id, findings.round_id as seen_round_id, findings.indicator_id
    from core_findings as findings
    inner join last_looks
        on findings.site_id = last_looks.site_id and findings.round_id = last_looks.seen_round_id
),

-- An indicator is shown by an institution's own sites, or by its services wherever they stand.
observed as (
    select distinct country_id, institution_id, round_id
    from sites_seen
    union
    select distinct country_id, institution_id, round_id
    from known
),

shown as (
    select distinct
        sites_seen.country_id, sites_seen.institution_id, sites_seen.round_id, site_indicators.indicator_id
    from sites_seen
    inner join site_indicators using (site_id, seen_round_id)
    union
    select distinct known.country_id, known.institution_id, known.round_id, evidence.indicator_id
    from known
    inner join core_evidence as evidence
        on known.service_id = evidence.service_id and known.kept_round_id = evidence.round_id
),

by_institution as (
    select
        known.country_id,
        known.institution_id,
        known.round_id,
        'services' as part,
        stages.stage,
        count(*) filter (where known.stage >= stages.stage) as met_count,
        count(*) as applicable_count
    from known
    cross join codes_stages as stages
    where known.stage is not null
    group by known.country_id, known.institution_id, known.round_id, stages.stage
    union all by name
    select
        observed.country_id,
        observed.institution_id,
        observed.round_id,
        'indicators' as part,
        indicators.stage,
        count(shown.indicator_id) as met_count,
        count(*) as applicable_count
    from observed
    cross join codes_indicators as indicators
    left join shown
        on observed.country_id = shown.country_id
        and observed.institution_id = shown.institution_id
        and observed.round_id = shown.round_id
        and indicators.indicator_id = shown.indicator_id
    where indicators.level = 'page'
    group by observed.country_id, observed.institution_id, observed.round_id, indicators.stage
),

all_shares as (
    select country_id, institution_id, round_id, part, stage, met_count, applicable_count
    from by_institution
    union all by name
    select
        country_id,
        null as institution_id,
        round_id,
        part,
        stage,
        sum(met_count) as met_count,
        sum(applicable_count) as applicable_count
    from by_institution
    group by country_id, round_id, part, stage
)

select *
from all_shares
order by country_id, institution_id nulls first, round_id, part, stage;

comment on table core_shares is 'The eight shares that the index is made of, for each institution and each country, as known after each round.';
comment on column core_shares.country_id is 'The country.';
comment on column core_shares.institution_id is 'The public body; empty for the country as a whole.';
comment on column core_shares.round_id is 'Month of the round, YYYY-MM.';
comment on column core_shares.part is 'services: judged services at this stage or higher; indicators: indicators of this stage that are shown.';
comment on column core_shares.stage is 'The stage, 1 to 4.';
comment on column core_shares.met_count is 'How many reach it.';
comment on column core_shares.applicable_count is 'How many could.';
