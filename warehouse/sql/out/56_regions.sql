-- One row per region of a country, with what its own public bodies offer; bodies of the whole country are in none.
-- Grain: country_id, region_id.
create table out_regions (
    country_id             text not null,
    region_id              text not null,
    name_ky                text,
    name_ru                text,
    name_en                text,
    tile_column            integer not null,
    tile_row               integer not null,
    institution_count      bigint not null,
    seen_institution_count bigint not null,
    service_count          bigint not null,
    stage_1_count          bigint not null,
    stage_2_count          bigint not null,
    stage_3_count          bigint not null,
    stage_4_count          bigint not null,
    undetermined_count     bigint not null,
    unseen_service_count   bigint not null,
    stage_3_share_low      double check (stage_3_share_low between 0 and 1),
    stage_3_share_high     double check (stage_3_share_high between 0 and 1),
    primary key (country_id, region_id)
);

insert into out_regions by name
select
    regions.country_id,
    regions.region_id,
    nullif(regions.name_ky, '') as name_ky,
    nullif(regions.name_ru, '') as name_ru,
    nullif(regions.name_en, '') as name_en,
    regions.tile_column,
    regions.tile_row,
    count(bodies.institution_id) as institution_count,
    count(*) filter (where bodies.status = 'seen') as seen_institution_count,
    coalesce(sum(bodies.service_count), 0) as service_count,
    coalesce(sum(bodies.stage_1_count), 0) as stage_1_count,
    coalesce(sum(bodies.stage_2_count), 0) as stage_2_count,
    coalesce(sum(bodies.stage_3_count), 0) as stage_3_count,
    coalesce(sum(bodies.stage_4_count), 0) as stage_4_count,
    coalesce(sum(bodies.undetermined_count), 0) as undetermined_count,
    coalesce(sum(bodies.unseen_service_count), 0) as unseen_service_count,
    share_low(
        sum(rounds.surely_online_count), sum(rounds.service_count), sum(rounds.unseen_service_count)
    ) as stage_3_share_low,
    share_high(
        sum(rounds.surely_offline_count), sum(rounds.service_count), sum(rounds.unseen_service_count)
    ) as stage_3_share_high
from codes_regions as regions
left join out_institutions as bodies using (country_id, region_id)
left join core_rounds as newest
    on regions.country_id = newest.country_id and newest.is_newest
left join core_institution_rounds as rounds
    on bodies.country_id = rounds.country_id
    and bodies.institution_id = rounds.institution_id
    and newest.round_id = rounds.round_id
group by all
order by country_id, region_id;

comment on table out_regions is 'Regions of a country: how many services of each stage their own public bodies have, and where each region stands on a map of equal squares.';
comment on column out_regions.country_id is 'Country it belongs to.';
comment on column out_regions.region_id is 'Id of the region: its ISO 3166-2 code in lower case, where it has one.';
comment on column out_regions.name_ky is 'Name in Kyrgyz.';
comment on column out_regions.name_ru is 'Name in Russian.';
comment on column out_regions.name_en is 'Name in English.';
comment on column out_regions.tile_column is 'Column of its square on the map, from the west, 0 first.';
comment on column out_regions.tile_row is 'Row of its square on the map, from the north, 0 first.';
comment on column out_regions.institution_count is 'Public bodies of the region that the registry lists; bodies of the whole country are in none.';
comment on column out_regions.seen_institution_count is 'Those of which a page was seen in the newest round.';
comment on column out_regions.service_count is 'Services of these bodies that were found.';
comment on column out_regions.stage_1_count is 'Services at stage 1.';
comment on column out_regions.stage_2_count is 'Services at stage 2.';
comment on column out_regions.stage_3_count is 'Services at stage 3.';
comment on column out_regions.stage_4_count is 'Services at stage 4.';
comment on column out_regions.undetermined_count is 'Services whose stage could not be determined.';
comment on column out_regions.unseen_service_count is 'Services that sites which were never seen have at least: as many as the registry expects, one where it says nothing.';
comment on column out_regions.stage_3_share_low is 'Lowest share of services at stage 3 or 4 that is possible, 0 to 1: nothing that the round could not see counts as online.';
comment on column out_regions.stage_3_share_high is 'Highest share of services at stage 3 or 4 that is possible, 0 to 1: all that the round could not see counts as online.';
