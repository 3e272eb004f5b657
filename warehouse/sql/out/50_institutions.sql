-- One row per public body, as known after the newest round of its country.
-- Grain: country_id, institution_id.
create table out_institutions (
    country_id               text not null,
    institution_id           text not null,
    name_ky                  text,
    name_ru                  text,
    name_en                  text,
    kind                     text not null,
    region_id                text,
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
    site_stage_1_found_share double check (site_stage_1_found_share between 0 and 1),
    site_stage_2_found_share double check (site_stage_2_found_share between 0 and 1),
    site_stage_3_found_share double check (site_stage_3_found_share between 0 and 1),
    site_stage_4_found_share double check (site_stage_4_found_share between 0 and 1),
    site_count               bigint not null,
    seen_site_count          bigint not null,
    status                   text not null check (status in ('seen', 'stale', 'not_seen', 'not_tried', 'no_site')),
    as_of                    date,
    last_ok_at               timestamp,
    attempts_since_ok        bigint not null,
    primary key (country_id, institution_id)
);

insert into out_institutions by name
with shares as (
    select
        country_id, institution_id,
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
    where institution_id is not null and is_newest
    group by country_id, institution_id
),

counts as (
    select
        country_id,
        institution_id,
        count(*) as service_count,
        count(*) filter (where stage = 1) as stage_1_count,
        count(*) filter (where stage = 2) as stage_2_count,
        count(*) filter (where stage = 3) as stage_3_count,
        count(*) filter (where stage = 4) as stage_4_count,
        count(*) filter (where stage is null) as undetermined_count,
        count(*) filter (where is_stale) as stale_count,
        avg(stage) as mean_stage
    from out_services
    group by country_id, institution_id
),

-- A share is said only where nothing that was asked was out of sight.
site_shares as (
    select
        country_id,
        institution_id,
        avg(cast(state = 'found' as integer)) filter (where out_institution_indicators.stage = 1) as site_stage_1_found_share,
        avg(cast(state = 'found' as integer)) filter (where out_institution_indicators.stage = 2) as site_stage_2_found_share,
        avg(cast(state = 'found' as integer)) filter (where out_institution_indicators.stage = 3) as site_stage_3_found_share,
        avg(cast(state = 'found' as integer)) filter (where out_institution_indicators.stage = 4) as site_stage_4_found_share
    from out_institution_indicators
    group by country_id, institution_id
    having bool_and(state <> 'not_observed')
),

looks as (
    select
        sites.country_id,
        sites.institution_id,
        count(distinct sites.site_id) as site_count,
        count(distinct sites.site_id) filter (where rounds.is_newest and site_rounds.seen_count > 0) as seen_site_count,
        count(site_rounds.site_id) as try_count,
        max(site_rounds.last_seen_at) as last_ok_at
    from codes_sites as sites
    left join core_site_rounds as site_rounds using (site_id)
    left join core_rounds as rounds
        on site_rounds.country_id = rounds.country_id and site_rounds.round_id = rounds.round_id
    group by sites.country_id, sites.institution_id
),

newest as (
    select out_institution_rounds.*
    from out_institution_rounds
    inner join core_rounds using (country_id, round_id)
    where core_rounds.is_newest
)

select
    institutions.country_id,
    institutions.institution_id,
    nullif(institutions.name_ky, '') as name_ky,
    nullif(institutions.name_ru, '') as name_ru,
    nullif(institutions.name_en, '') as name_en,
    institutions.kind,
    institutions.region_id,
    coalesce(counts.service_count, 0) as service_count,
    coalesce(counts.stage_1_count, 0) as stage_1_count,
    coalesce(counts.stage_2_count, 0) as stage_2_count,
    coalesce(counts.stage_3_count, 0) as stage_3_count,
    coalesce(counts.stage_4_count, 0) as stage_4_count,
    coalesce(counts.undetermined_count, 0) as undetermined_count,
    coalesce(counts.stale_count, 0) as stale_count,
    counts.mean_stage,
    coalesce(rounds.unseen_service_count, 0) as unseen_service_count,
    rounds.stage_3_share_low,
    rounds.stage_3_share_high,
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
    site_shares.site_stage_1_found_share,
    site_shares.site_stage_2_found_share,
    site_shares.site_stage_3_found_share,
    site_shares.site_stage_4_found_share,
    coalesce(looks.site_count, 0) as site_count,
    coalesce(looks.seen_site_count, 0) as seen_site_count,
    case
        when looks.site_count is null then 'no_site'
        when looks.seen_site_count > 0 then 'seen'
        when looks.last_ok_at is not null then 'stale'
        when looks.try_count > 0 then 'not_seen'
        else 'not_tried'
    end as status,
    cast(looks.last_ok_at as date) as as_of,
    looks.last_ok_at,
    coalesce(rounds.attempts_since_ok, 0) as attempts_since_ok
from codes_institutions as institutions
left join counts using (country_id, institution_id)
left join shares using (country_id, institution_id)
left join site_shares using (country_id, institution_id)
left join looks using (country_id, institution_id)
left join newest as rounds using (country_id, institution_id)
order by institutions.country_id, institutions.institution_id;

comment on table out_institutions is 'Public bodies, how many services of each stage they have, and how much of what the UN looks for their sites show.';
comment on column out_institutions.country_id is 'Country it belongs to.';
comment on column out_institutions.institution_id is 'Id of the public body within its country.';
comment on column out_institutions.name_ky is 'Name in Kyrgyz.';
comment on column out_institutions.name_ru is 'Name in Russian.';
comment on column out_institutions.name_en is 'Name in English.';
comment on column out_institutions.kind is 'What sort of body it is: ministry, agency, region and so on; "host" when only the host of an unlisted site is known.';
comment on column out_institutions.region_id is 'Id of its region; empty for a body of the whole country.';
comment on column out_institutions.service_count is 'Services that were found.';
comment on column out_institutions.stage_1_count is 'Services at stage 1.';
comment on column out_institutions.stage_2_count is 'Services at stage 2.';
comment on column out_institutions.stage_3_count is 'Services at stage 3.';
comment on column out_institutions.stage_4_count is 'Services at stage 4.';
comment on column out_institutions.undetermined_count is 'Services whose stage could not be determined.';
comment on column out_institutions.stale_count is 'Services kept from an earlier round because the newest could not look.';
comment on column out_institutions.mean_stage is 'Mean stage of the services that have one.';
comment on column out_institutions.unseen_service_count is 'Services that sites which were never seen have at least: as many as the registry expects, one where it says nothing.';
comment on column out_institutions.stage_3_share_low is 'Lowest share of services at stage 3 or 4 that is possible, 0 to 1: nothing that the round could not see counts as online.';
comment on column out_institutions.stage_3_share_high is 'Highest share of services at stage 3 or 4 that is possible, 0 to 1: all that the round could not see counts as online.';
comment on column out_institutions.index is 'Index, 0 to 100, by the published formula and weights; empty when a part of it could not be observed.';
comment on column out_institutions.index_low is 'Lowest index that is possible, 0 to 100: nothing that the newest round could not see counts as met; empty where the index is.';
comment on column out_institutions.index_high is 'Highest index that is possible, 0 to 100: all that the newest round could not see counts as met; empty where the index is.';
comment on column out_institutions.stage_1_found_count is 'Indicators of stage 1 that are shown; empty when nothing could be looked at.';
comment on column out_institutions.stage_1_applicable_count is 'Indicators of stage 1 that could be shown.';
comment on column out_institutions.stage_1_found_share is 'Share of the indicators of stage 1 that are shown, 0 to 1.';
comment on column out_institutions.stage_2_found_count is 'Indicators of stage 2 that are shown; empty when nothing could be looked at.';
comment on column out_institutions.stage_2_applicable_count is 'Indicators of stage 2 that could be shown.';
comment on column out_institutions.stage_2_found_share is 'Share of the indicators of stage 2 that are shown, 0 to 1.';
comment on column out_institutions.stage_3_found_count is 'Indicators of stage 3 that are shown; empty when nothing could be looked at.';
comment on column out_institutions.stage_3_applicable_count is 'Indicators of stage 3 that could be shown.';
comment on column out_institutions.stage_3_found_share is 'Share of the indicators of stage 3 that are shown, 0 to 1.';
comment on column out_institutions.stage_4_found_count is 'Indicators of stage 4 that are shown; empty when nothing could be looked at.';
comment on column out_institutions.stage_4_applicable_count is 'Indicators of stage 4 that could be shown.';
comment on column out_institutions.stage_4_found_share is 'Share of the indicators of stage 4 that are shown, 0 to 1.';
comment on column out_institutions.site_stage_1_found_share is 'Share of the indicators of a site of stage 1 that its sites show, 0 to 1; empty where they could not all be seen.';
comment on column out_institutions.site_stage_2_found_share is 'Share of the indicators of a site of stage 2 that its sites show, 0 to 1; empty where they could not all be seen.';
comment on column out_institutions.site_stage_3_found_share is 'Share of the indicators of a site of stage 3 that its sites show, 0 to 1; empty where they could not all be seen.';
comment on column out_institutions.site_stage_4_found_share is 'Share of the indicators of a site of stage 4 that its sites show, 0 to 1; empty where they could not all be seen.';
comment on column out_institutions.site_count is 'Its sites.';
comment on column out_institutions.seen_site_count is 'Its sites of which a page was seen in the newest round.';
comment on column out_institutions.status is 'seen in the newest round; stale, seen only in an earlier one; not_seen, asked in vain; not_tried; or no_site.';
comment on column out_institutions.as_of is 'Day on which one of its sites was last seen.';
comment on column out_institutions.last_ok_at is 'Last time that a page of its sites was seen, UTC.';
comment on column out_institutions.attempts_since_ok is 'Rounds since then in which its sites were asked in vain; 0 when all is fresh.';
