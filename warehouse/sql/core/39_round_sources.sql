-- One row per country and round: where its pages come from, what the archive lacked, and the index of then.
-- Grain: country_id, round_id.
create table core_round_sources (
    country_id         text not null,
    round_id           text not null,
    source             text not null check (source in ('web', 'archive', 'mixed')),
    not_archived_count bigint not null,
    index              double check (index between 0 and 100),
    index_low          double check (index_low between 0 and 100),
    index_high         double check (index_high between 0 and 100),
    primary key (country_id, round_id)
);

insert into core_round_sources by name
with sources as (
    select
        country_id,
        round_id,
        case
            when bool_and(source = 'web') then 'web'
            when bool_or(source = 'web') then 'mixed'
            else 'archive'
        end as source
    from raw_captures
    where round_id = getvariable('round_id') and outcome <> 'not_due'
    group by country_id, round_id
),

lacking as (
    select country_id, round_id, count(*) as not_archived_count
    from core_looks
    where round_id = getvariable('round_id') and outcome = 'not_archived'
    group by country_id, round_id
),

indices as (
    select
        country_id,
        round_id,
        index_of(met_count / applicable_count, weight, part, stage) as index,
        index_of(low, weight, part, stage) as index_low,
        index_of(high, weight, part, stage) as index_high
    from core_shares
    inner join codes_index_weights using (part, stage)
    where round_id = getvariable('round_id') and institution_id is null
    group by country_id, round_id
)

select
    country_id,
    round_id,
    sources.source,
    coalesce(lacking.not_archived_count, 0) as not_archived_count,
    indices.index,
    indices.index_low,
    indices.index_high
from sources
left join lacking using (country_id, round_id)
left join indices using (country_id, round_id)
order by country_id, round_id;

comment on table core_round_sources is 'Where the pages of each round come from, how many the archive lacked, and the index as of then.';
comment on column core_round_sources.country_id is 'The country.';
comment on column core_round_sources.round_id is 'Month of the round, YYYY-MM.';
comment on column core_round_sources.source is 'web: harvested; archive: imported from web archives; mixed: both.';
comment on column core_round_sources.not_archived_count is 'Addresses of pages that the archive lacked.';
comment on column core_round_sources.index is 'Index of the country, 0 to 100; empty when a part of it could not be observed.';
comment on column core_round_sources.index_low is 'Lowest index that is possible, 0 to 100: nothing that the round could not see counts as met; empty where the index is.';
comment on column core_round_sources.index_high is 'Highest index that is possible, 0 to 100: all that the round could not see counts as met; empty where the index is.';
