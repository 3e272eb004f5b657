-- One row per country or institution, part of the index and stage.
-- Grain: country_id, institution_id, part, stage; the country's own rows have no institution_id.
create table out_index_parts (
    country_id       text not null,
    institution_id   text,
    part             text not null check (part in ('services', 'indicators')),
    stage            utinyint not null check (stage between 1 and 4),
    met_count        bigint not null,
    applicable_count bigint not null,
    share            double not null check (share between 0 and 1),
    share_low        double not null check (share_low between 0 and 1),
    share_high       double not null check (share_high between 0 and 1),
    weight           double not null check (weight between 0 and 1)
);

insert into out_index_parts by name
select
    country_id,
    institution_id,
    part,
    stage,
    met_count,
    applicable_count,
    met_count / applicable_count as share,
    low as share_low,
    high as share_high,
    weight
from core_shares
inner join codes_index_weights using (part, stage)
inner join core_rounds using (country_id, round_id)
where is_newest
order by country_id, institution_id nulls first, part, stage;

comment on table out_index_parts is 'The eight shares of which each index is made. Index = 100 × the sum of share × weight; multiply by other weights and it is yours.';
comment on column out_index_parts.country_id is 'The country.';
comment on column out_index_parts.institution_id is 'The public body; empty for the country as a whole.';
comment on column out_index_parts.part is 'services: judged services at this stage or higher; indicators: indicators of this stage that are shown.';
comment on column out_index_parts.stage is 'The stage, 1 to 4.';
comment on column out_index_parts.met_count is 'How many reach it.';
comment on column out_index_parts.applicable_count is 'How many could.';
comment on column out_index_parts.share is 'met_count as a share of applicable_count, 0 to 1.';
comment on column out_index_parts.share_low is 'Lowest share that is possible, 0 to 1: nothing that the newest round could not see counts as met.';
comment on column out_index_parts.share_high is 'Highest share that is possible, 0 to 1: all that the newest round could not see counts as met.';
comment on column out_index_parts.weight is 'Weight of the share in the index; the eight weights add up to 1.';
