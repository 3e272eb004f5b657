-- One row per country or institution, round, part of the index and stage: how many of how many, and between which
-- shares the truth lies.
-- Grain: country_id, institution_id, round_id, part, stage; the country's own rows have no institution_id.
-- A case is a service, or an indicator of an institution. It is sure when this round itself saw it: a service that
-- has a stage; an indicator that is shown, or one that is not where all live sites and all services of the
-- institution were seen. Whatever is not sure may be met or not, and so may what nobody ever saw.
create table core_shares (
    country_id       text not null,
    institution_id   text,
    round_id         text not null,
    part             text not null check (part in ('services', 'indicators')),
    stage            utinyint not null check (stage between 1 and 4),
    met_count        bigint not null,
    applicable_count bigint not null check (applicable_count > 0),
    low              double not null check (low between 0 and 1),
    high             double not null check (high between 0 and 1)
);

insert into core_shares by name
with known as (
    select
        services.country_id,
        services.institution_id,
        rounds.service_id,
        rounds.kept_round_id,
        verdicts.stage,
        rounds.state = 'seen' and verdicts.stage is not null as is_sure
    from core_service_rounds as rounds
    inner join core_services as services
        on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
    left join core_verdicts as verdicts
        on rounds.service_id = verdicts.service_id and rounds.kept_round_id = verdicts.round_id
    where rounds.round_id = getvariable('round_id') and rounds.state <> 'gone'
),

-- As of each round, a site is what it was when it was last seen.
sites as (
    select
        voices.country_id,
        sites.institution_id,
        voices.site_id,
        voices.last_ok_round,
        voices.is_seen,
        sites.state = 'live' as is_live
    from core_site_voices as voices
    inner join codes_sites as sites using (site_id)
    where voices.round_id = getvariable('round_id') and (sites.state = 'live' or voices.last_ok_round is not null)
),

-- An indicator is shown by an institution's own sites, or by its services wherever they stand.
shown as (
    select sites.country_id, sites.institution_id, findings.indicator_id, bool_or(sites.is_seen) as is_sure
    from sites
    inner join core_findings as findings
        on sites.site_id = findings.site_id and sites.last_ok_round = findings.round_id
    group by sites.country_id, sites.institution_id, findings.indicator_id
    union all by name
    select
        known.country_id,
        known.institution_id,
        evidence.indicator_id,
        bool_or(known.kept_round_id = getvariable('round_id')) as is_sure
    from known
    inner join core_evidence as evidence
        on known.service_id = evidence.service_id and known.kept_round_id = evidence.round_id
    group by known.country_id, known.institution_id, evidence.indicator_id
),

places as (
    select country_id, institution_id, last_ok_round is not null as is_known, is_seen or not is_live as is_sure
    from sites
    union all by name
    select country_id, institution_id, true as is_known, is_sure
    from known
),

institutions as (
    select country_id, institution_id, bool_or(is_known) as is_known, bool_and(is_sure) as is_sure
    from places
    group by country_id, institution_id
),

cases as (
    select
        known.country_id,
        known.institution_id,
        'services' as part,
        stages.stage,
        known.stage >= stages.stage as is_met,
        known.is_sure,
        1 as case_count
    from known
    cross join codes_stages as stages
    union all by name
    select
        rounds.country_id,
        rounds.institution_id,
        'services' as part,
        stages.stage,
        null as is_met,
        false as is_sure,
        rounds.unseen_service_count as case_count
    from core_institution_rounds as rounds
    cross join codes_stages as stages
    where rounds.round_id = getvariable('round_id')
    union all by name
    select
        institutions.country_id,
        institutions.institution_id,
        'indicators' as part,
        indicators.stage,
        if(bool_and(institutions.is_known), count(shown.indicator_id) > 0, null) as is_met,
        coalesce(bool_or(shown.is_sure), bool_and(institutions.is_sure)) as is_sure,
        1 as case_count
    from institutions
    cross join codes_indicators as indicators
    left join shown
        on institutions.country_id = shown.country_id
        and institutions.institution_id = shown.institution_id
        and indicators.indicator_id = shown.indicator_id
    where indicators.level = 'page'
    group by institutions.country_id, institutions.institution_id, indicators.stage, indicators.indicator_id
),

-- Of each institution, and of each country all its institutions together.
counts as (
    select
        country_id,
        institution_id,
        part,
        stage,
        coalesce(sum(case_count) filter (where is_met), 0) as met_count,
        coalesce(sum(case_count) filter (where is_met is not null), 0) as applicable_count,
        coalesce(sum(case_count) filter (where is_met is null), 0) as unknown_count,
        coalesce(sum(case_count) filter (where is_sure and is_met), 0) as surely_count,
        coalesce(sum(case_count) filter (where is_sure and not is_met), 0) as surely_not_count
    from cases
    group by grouping sets ((country_id, institution_id, part, stage), (country_id, part, stage))
)

select
    country_id,
    institution_id,
    getvariable('round_id') as round_id,
    part,
    stage,
    met_count,
    applicable_count,
    share_low(surely_count, applicable_count, unknown_count) as low,
    share_high(surely_not_count, applicable_count, unknown_count) as high
from counts
where applicable_count > 0
order by country_id, institution_id nulls first, round_id, part, stage;

comment on table core_shares is 'The eight shares that the index is made of, for each institution and each country, as known after each round.';
comment on column core_shares.country_id is 'The country.';
comment on column core_shares.institution_id is 'The public body; empty for the country as a whole.';
comment on column core_shares.round_id is 'Month of the round, YYYY-MM.';
comment on column core_shares.part is 'services: judged services at this stage or higher; indicators: indicators of this stage that are shown.';
comment on column core_shares.stage is 'The stage, 1 to 4.';
comment on column core_shares.met_count is 'How many reach it.';
comment on column core_shares.applicable_count is 'How many could.';
comment on column core_shares.low is 'Lowest share that is possible, 0 to 1: nothing that the round could not see counts as met.';
comment on column core_shares.high is 'Highest share that is possible, 0 to 1: all that the round could not see counts as met.';
