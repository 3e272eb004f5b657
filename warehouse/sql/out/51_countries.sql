-- One row per country, as known after its newest round.
-- Grain: country_id.
create table out_countries (
    country_id               text not null primary key,
    iso3                     text,
    name_ky                  text,
    name_ru                  text,
    name_en                  text,
    currency                 text,
    languages                text[] not null,
    newest_round_id          text,
    round_count              bigint not null,
    service_count            bigint not null,
    stage_1_count            bigint not null,
    stage_2_count            bigint not null,
    stage_3_count            bigint not null,
    stage_4_count            bigint not null,
    undetermined_count       bigint not null,
    stale_count              bigint not null,
    mean_stage               double check (mean_stage between 1 and 4),
    unseen_service_count     bigint not null,
    stage_3_share_low        double check (stage_3_share_low between 0 and 1),
    stage_3_share_high       double check (stage_3_share_high between 0 and 1),
    index                    double check (index between 0 and 100),
    index_low                double check (index_low between 0 and 100),
    index_high               double check (index_high between 0 and 100),
    stage_1_found_count      bigint,
    stage_1_applicable_count bigint,
    stage_1_found_share      double check (stage_1_found_share between 0 and 1),
    stage_2_found_count      bigint,
    stage_2_applicable_count bigint,
    stage_2_found_share      double check (stage_2_found_share between 0 and 1),
    stage_3_found_count      bigint,
    stage_3_applicable_count bigint,
    stage_3_found_share      double check (stage_3_found_share between 0 and 1),
    stage_4_found_count      bigint,
    stage_4_applicable_count bigint,
    stage_4_found_share      double check (stage_4_found_share between 0 and 1),
    institution_count        bigint not null,
    seen_institution_count   bigint not null,
    site_count               bigint not null,
    seen_site_count          bigint not null,
    egdi_survey_year         integer,
    egdi_rank                integer,
    egdi                     double,
    osi                      double,
    as_of                    date,
    first_captured_at        timestamp,
    last_captured_at         timestamp
);

insert into out_countries by name
with shares as (
    select
        country_id,
        min(met_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 1) as stage_1_found_count,
        min(applicable_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 1) as stage_1_applicable_count,
        min(met_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 2) as stage_2_found_count,
        min(applicable_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 2) as stage_2_applicable_count,
        min(met_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 3) as stage_3_found_count,
        min(applicable_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 3) as stage_3_applicable_count,
        min(met_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 4) as stage_4_found_count,
        min(applicable_count) filter (where core_shares.part = 'indicators' and core_shares.stage = 4) as stage_4_applicable_count,
        index_of(met_count / applicable_count, weight, part, stage) as index,
        index_of(low, weight, part, stage) as index_low,
        index_of(high, weight, part, stage) as index_high
    from core_shares
    inner join codes_index_weights using (part, stage)
    inner join core_rounds using (country_id, round_id)
    where institution_id is null and is_newest
    group by country_id
),

counts as (
    select
        country_id,
        count(*) as service_count,
        count(*) filter (where stage = 1) as stage_1_count,
        count(*) filter (where stage = 2) as stage_2_count,
        count(*) filter (where stage = 3) as stage_3_count,
        count(*) filter (where stage = 4) as stage_4_count,
        count(*) filter (where stage is null) as undetermined_count,
        count(*) filter (where is_stale) as stale_count,
        avg(stage) as mean_stage
    from out_services
    group by country_id
),

bodies as (
    select
        country_id,
        count(*) as institution_count,
        count(*) filter (where seen_site_count > 0) as seen_institution_count,
        sum(site_count) as site_count,
        sum(seen_site_count) as seen_site_count
    from out_institutions
    group by country_id
),

seen as (
    select
        country_id,
        sum(service_count) as service_count,
        sum(surely_online_count) as surely_online_count,
        sum(surely_offline_count) as surely_offline_count,
        sum(unseen_service_count) as unseen_service_count
    from core_institution_rounds
    inner join core_rounds using (country_id, round_id)
    where is_newest
    group by country_id
),

surveys as (
    select *
    from codes_egdi
    qualify survey_year = max(survey_year) over (partition by iso3)
)

select
    countries.country_id,
    countries.iso3,
    nullif(countries.name_ky, '') as name_ky,
    nullif(countries.name_ru, '') as name_ru,
    nullif(countries.name_en, '') as name_en,
    countries.currency,
    countries.languages,
    rounds.round_id as newest_round_id,
    coalesce(rounds.round_number, 0) as round_count,
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
    shares.index,
    shares.index_low,
    shares.index_high,
    shares.stage_1_found_count,
    shares.stage_1_applicable_count,
    shares.stage_1_found_count / shares.stage_1_applicable_count as stage_1_found_share,
    shares.stage_2_found_count,
    shares.stage_2_applicable_count,
    shares.stage_2_found_count / shares.stage_2_applicable_count as stage_2_found_share,
    shares.stage_3_found_count,
    shares.stage_3_applicable_count,
    shares.stage_3_found_count / shares.stage_3_applicable_count as stage_3_found_share,
    shares.stage_4_found_count,
    shares.stage_4_applicable_count,
    shares.stage_4_found_count / shares.stage_4_applicable_count as stage_4_found_share,
    coalesce(bodies.institution_count, 0) as institution_count,
    coalesce(bodies.seen_institution_count, 0) as seen_institution_count,
    coalesce(bodies.site_count, 0) as site_count,
    coalesce(bodies.seen_site_count, 0) as seen_site_count,
    surveys.survey_year as egdi_survey_year,
    surveys.egdi_rank,
    surveys.egdi,
    surveys.osi,
    cast(rounds.last_captured_at as date) as as_of,
    rounds.first_captured_at,
    rounds.last_captured_at
from codes_countries as countries
left join core_rounds as rounds
    on countries.country_id = rounds.country_id and rounds.is_newest
left join counts
    on countries.country_id = counts.country_id
left join shares
    on countries.country_id = shares.country_id
left join bodies
    on countries.country_id = bodies.country_id
left join seen
    on countries.country_id = seen.country_id
left join surveys
    on countries.iso3 = surveys.iso3
order by countries.country_id;

comment on table out_countries is 'Countries: how many services of each stage they have, how well they could be seen, and the UN''s figures beside ours. The index is not the UN''s Online Service Index.';
comment on column out_countries.country_id is 'Lower-case ISO 3166-1 code; "sample" for the sample republic, "zz" for no country.';
comment on column out_countries.iso3 is 'ISO 3166-1 code of three letters.';
comment on column out_countries.name_ky is 'Name in Kyrgyz.';
comment on column out_countries.name_ru is 'Name in Russian.';
comment on column out_countries.name_en is 'Name in English.';
comment on column out_countries.currency is 'Currency, ISO 4217.';
comment on column out_countries.languages is 'Languages of the country''s sites, ISO 639-1.';
comment on column out_countries.newest_round_id is 'Its newest round; empty when there was none.';
comment on column out_countries.round_count is 'Rounds so far.';
comment on column out_countries.service_count is 'Services that were found.';
comment on column out_countries.stage_1_count is 'Services at stage 1.';
comment on column out_countries.stage_2_count is 'Services at stage 2.';
comment on column out_countries.stage_3_count is 'Services at stage 3.';
comment on column out_countries.stage_4_count is 'Services at stage 4.';
comment on column out_countries.undetermined_count is 'Services whose stage could not be determined.';
comment on column out_countries.stale_count is 'Services kept from an earlier round because the newest could not look.';
comment on column out_countries.mean_stage is 'Mean stage of the services that have one.';
comment on column out_countries.unseen_service_count is 'Services that sites which were never seen have at least: as many as the registry expects, one where it says nothing.';
comment on column out_countries.stage_3_share_low is 'Lowest share of services at stage 3 or 4 that is possible, 0 to 1: nothing that the round could not see counts as online.';
comment on column out_countries.stage_3_share_high is 'Highest share of services at stage 3 or 4 that is possible, 0 to 1: all that the round could not see counts as online.';
comment on column out_countries.index is 'Index, 0 to 100, by the published formula and weights; empty when a part of it could not be observed.';
comment on column out_countries.index_low is 'Lowest index that is possible, 0 to 100: nothing that the newest round could not see counts as met; empty where the index is.';
comment on column out_countries.index_high is 'Highest index that is possible, 0 to 100: all that the newest round could not see counts as met; empty where the index is.';
comment on column out_countries.stage_1_found_count is 'Indicators of stage 1 that are shown; empty when nothing could be looked at.';
comment on column out_countries.stage_1_applicable_count is 'Indicators of stage 1 that could be shown.';
comment on column out_countries.stage_1_found_share is 'Share of the indicators of stage 1 that are shown, 0 to 1.';
comment on column out_countries.stage_2_found_count is 'Indicators of stage 2 that are shown; empty when nothing could be looked at.';
comment on column out_countries.stage_2_applicable_count is 'Indicators of stage 2 that could be shown.';
comment on column out_countries.stage_2_found_share is 'Share of the indicators of stage 2 that are shown, 0 to 1.';
comment on column out_countries.stage_3_found_count is 'Indicators of stage 3 that are shown; empty when nothing could be looked at.';
comment on column out_countries.stage_3_applicable_count is 'Indicators of stage 3 that could be shown.';
comment on column out_countries.stage_3_found_share is 'Share of the indicators of stage 3 that are shown, 0 to 1.';
comment on column out_countries.stage_4_found_count is 'Indicators of stage 4 that are shown; empty when nothing could be looked at.';
comment on column out_countries.stage_4_applicable_count is 'Indicators of stage 4 that could be shown.';
comment on column out_countries.stage_4_found_share is 'Share of the indicators of stage 4 that are shown, 0 to 1.';
comment on column out_countries.institution_count is 'Public bodies in the registry.';
comment on column out_countries.seen_institution_count is 'Public bodies of which a site was seen in the newest round.';
comment on column out_countries.site_count is 'Sites in the registry, and unlisted ones.';
comment on column out_countries.seen_site_count is 'Sites of which a page was seen in the newest round.';
comment on column out_countries.egdi_survey_year is 'Newest UN E-Government Survey.';
comment on column out_countries.egdi_rank is 'Its place in that survey.';
comment on column out_countries.egdi is 'UN E-Government Development Index in that survey, 0 to 1.';
comment on column out_countries.osi is 'UN Online Service Index in that survey, 0 to 1; relative to other countries.';
comment on column out_countries.as_of is 'Day of the last request of the newest round.';
comment on column out_countries.first_captured_at is 'Time of the first request of the newest round, UTC.';
comment on column out_countries.last_captured_at is 'Time of the last request of the newest round, UTC.';
