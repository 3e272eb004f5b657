-- One row per country or institution, part of the index and stage: how many of how many.
-- Grain: country_id, institution_id, part, stage; the country's own rows have no institution_id.
create table core_shares (
    country_id       text not null,
    institution_id   text,
    part             text not null check (part in ('services', 'indicators')),
    stage            utinyint not null check (stage between 1 and 4),
    met_count        bigint not null,
    applicable_count bigint not null check (applicable_count > 0)
);

insert into core_shares by name
with newest as (
    select services.country_id, services.institution_id, rounds.service_id, rounds.kept_round_id, verdicts.stage
    from core_service_rounds as rounds
    inner join core_services as services
        on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
    left join core_verdicts as verdicts
        on rounds.service_id = verdicts.service_id and rounds.kept_round_id = verdicts.round_id
    where rounds.is_newest and rounds.state <> 'gone'
),

last_looks as (
    select site_id, max(round_id) as round_id
    from core_site_rounds
    where seen_count > 0
    group by site_id
),

-- An indicator is shown by an institution's own sites, or by its services wherever they stand.
observed as (
    select distinct sites.country_id, sites.institution_id
    from codes_sites as sites
    inner join last_looks using (site_id)
    union
    select distinct country_id, institution_id
    from newest
),

shown as (
    select distinct sites.country_id, sites.institution_id, findings.indicator_id
    from codes_sites as sites
    inner join last_looks using (site_id)
    inner join core_findings as findings using (site_id, round_id)
    union
    select distinct newest.country_id, newest.institution_id, evidence.indicator_id
    from newest
    inner join core_evidence as evidence
        on newest.service_id = evidence.service_id and newest.kept_round_id = evidence.round_id
),

by_institution as (
    select
        newest.country_id,
        newest.institution_id,
        'services' as part,
        stages.stage,
        count(*) filter (where newest.stage >= stages.stage) as met_count,
        count(*) as applicable_count
    from newest
    cross join codes_stages as stages
    where newest.stage is not null
    group by newest.country_id, newest.institution_id, stages.stage
    union all by name
    select
        observed.country_id,
        observed.institution_id,
        'indicators' as part,
        indicators.stage,
        count(shown.indicator_id) as met_count,
        count(*) as applicable_count
    from observed
    cross join codes_indicators as indicators
    left join shown
        on observed.country_id = shown.country_id
        and observed.institution_id = shown.institution_id
        and indicators.indicator_id = shown.indicator_id
    where indicators.level = 'page'
    group by observed.country_id, observed.institution_id, indicators.stage
)

select country_id, institution_id, part, stage, met_count, applicable_count
from by_institution
union all by name
select
    country_id,
    null as institution_id,
    part,
    stage,
    sum(met_count) as met_count,
    sum(applicable_count) as applicable_count
from by_institution
group by country_id, part, stage
order by country_id, institution_id nulls first, part, stage;

comment on table core_shares is 'The eight shares that the index is made of, for each institution and each country.';
comment on column core_shares.country_id is 'The country.';
comment on column core_shares.institution_id is 'The public body; empty for the country as a whole.';
comment on column core_shares.part is 'services: judged services at this stage or higher; indicators: indicators of this stage that are shown.';
comment on column core_shares.stage is 'The stage, 1 to 4.';
comment on column core_shares.met_count is 'How many reach it.';
comment on column core_shares.applicable_count is 'How many could.';
