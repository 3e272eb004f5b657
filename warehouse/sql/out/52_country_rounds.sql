-- One row per country and round: the trend.
-- Grain: country_id, round_id.
create table out_country_rounds (
    country_id             text not null,
    round_id               text not null,
    as_of                  date not null,
    valid_from             date not null,
    service_count          bigint not null,
    stage_1_count          bigint not null,
    stage_2_count          bigint not null,
    stage_3_count          bigint not null,
    stage_4_count          bigint not null,
    undetermined_count     bigint not null,
    stale_count            bigint not null,
    mean_stage             double check (mean_stage between 1 and 4),
    unseen_service_count   bigint not null,
    stage_3_share_low      double check (stage_3_share_low between 0 and 1),
    stage_3_share_high     double check (stage_3_share_high between 0 and 1),
    institution_count      bigint not null,
    seen_institution_count bigint not null,
    tried_site_count       bigint not null,
    seen_site_count        bigint not null,
    request_count          bigint not null,
    source                 text not null check (source in ('web', 'archive', 'mixed')),
    not_archived_count     bigint not null,
    index                  double check (index between 0 and 100),
    index_low              double check (index_low between 0 and 100),
    index_high             double check (index_high between 0 and 100),
    is_newest              boolean not null,
    primary key (country_id, round_id)
);

insert into out_country_rounds by name
with counts as (
    select
        country_id,
        round_id,
        count(*) as service_count,
        count(*) filter (where stage = 1) as stage_1_count,
        count(*) filter (where stage = 2) as stage_2_count,
        count(*) filter (where stage = 3) as stage_3_count,
        count(*) filter (where stage = 4) as stage_4_count,
        count(*) filter (where stage is null) as undetermined_count,
        count(*) filter (where state = 'kept') as stale_count,
        avg(stage) as mean_stage
    from out_service_rounds
    where state <> 'gone'
    group by country_id, round_id
),

looks as (
    select
        country_id,
        round_id,
        count(*) as tried_site_count,
        count(*) filter (where seen_count > 0) as seen_site_count,
        sum(request_count) as request_count
    from core_site_rounds
    group by country_id, round_id
),

seen as (
    select
        country_id,
        round_id,
        count(*) as institution_count,
        count(*) filter (where seen_site_count > 0) as seen_institution_count,
        sum(service_count) as service_count,
        sum(surely_online_count) as surely_online_count,
        sum(surely_offline_count) as surely_offline_count,
        sum(unseen_service_count) as unseen_service_count
    from core_institution_rounds
    group by country_id, round_id
)

select
    rounds.country_id,
    rounds.round_id,
    cast(rounds.last_captured_at as date) as as_of,
    rounds.valid_from,
    coalesce(counts.service_count, 0) as service_count,
    coalesce(counts.stage_1_count, 0) as stage_1_count,
    coalesce(counts.stage_2_count, 0) as stage_2_count,
    coalesce(counts.stage_3_count, 0) as stage_3_count,
    coalesce(counts.stage_4_count, 0) as stage_4_count,
    coalesce(counts.undetermined_count, 0) as undetermined_count,
    coalesce(counts.stale_count, 0) as stale_count,
    counts.mean_stage,
    coalesce(seen.unseen_service_count, 0) as unseen_service_count,
    share_low(seen.surely_online_count, seen.service_count, seen.unseen_service_count) as stage_3_share_low,
    share_high(seen.surely_offline_count, seen.service_count, seen.unseen_service_count) as stage_3_share_high,
    coalesce(seen.institution_count, 0) as institution_count,
    coalesce(seen.seen_institution_count, 0) as seen_institution_count,
    looks.tried_site_count,
    looks.seen_site_count,
    looks.request_count,
    sources.source,
    sources.not_archived_count,
    sources.index,
    sources.index_low,
    sources.index_high,
    rounds.is_newest
from core_rounds as rounds
inner join looks using (country_id, round_id)
inner join core_round_sources as sources using (country_id, round_id)
left join counts using (country_id, round_id)
left join seen using (country_id, round_id)
order by rounds.country_id, rounds.round_id;

comment on table out_country_rounds is 'Counts of services and sites of each country as known after each round.';
comment on column out_country_rounds.country_id is 'The country.';
comment on column out_country_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column out_country_rounds.as_of is 'Day of the last request of the round.';
comment on column out_country_rounds.valid_from is 'Day from which its rows are what is known: that of its last request, or the nearest day of its month.';
comment on column out_country_rounds.service_count is 'Services that were found.';
comment on column out_country_rounds.stage_1_count is 'Services at stage 1.';
comment on column out_country_rounds.stage_2_count is 'Services at stage 2.';
comment on column out_country_rounds.stage_3_count is 'Services at stage 3.';
comment on column out_country_rounds.stage_4_count is 'Services at stage 4.';
comment on column out_country_rounds.undetermined_count is 'Services whose stage could not be determined.';
comment on column out_country_rounds.stale_count is 'Services kept from an earlier round because the newest could not look.';
comment on column out_country_rounds.mean_stage is 'Mean stage of the services that have one.';
comment on column out_country_rounds.unseen_service_count is 'Services that sites which were never seen have at least: as many as the registry expects, one where it says nothing.';
comment on column out_country_rounds.stage_3_share_low is 'Lowest share of services at stage 3 or 4 that is possible, 0 to 1: nothing that the round could not see counts as online.';
comment on column out_country_rounds.stage_3_share_high is 'Highest share of services at stage 3 or 4 that is possible, 0 to 1: all that the round could not see counts as online.';
comment on column out_country_rounds.institution_count is 'Public bodies in the registry.';
comment on column out_country_rounds.seen_institution_count is 'Public bodies of which a site was seen in this round.';
comment on column out_country_rounds.tried_site_count is 'Sites that were asked.';
comment on column out_country_rounds.seen_site_count is 'Sites of which a page was seen.';
comment on column out_country_rounds.request_count is 'Requests made.';
comment on column out_country_rounds.source is 'Where its pages come from: web (harvested), archive (imported from web archives) or mixed.';
comment on column out_country_rounds.not_archived_count is 'Addresses of pages that the archive lacked: they were not observed, which does not say that they were not there.';
comment on column out_country_rounds.index is 'Index, 0 to 100, by the published formula and weights, as known after this round; empty when a part of it could not be observed.';
comment on column out_country_rounds.index_low is 'Lowest index that is possible, 0 to 100: nothing that the round could not see counts as met; empty where the index is.';
comment on column out_country_rounds.index_high is 'Highest index that is possible, 0 to 100: all that the round could not see counts as met; empty where the index is.';
comment on column out_country_rounds.is_newest is 'Whether it is the newest round of the country.';
