-- One row per national action plan of a country of ours.
-- Grain: country_id, first_year.
create table out_ogp_plans (
    country_id       text    not null,
    iso3             text    not null,
    first_year       integer not null,
    last_year        integer not null check (last_year >= first_year),
    commitment_count bigint  not null check (commitment_count > 0),
    note_ky          text    not null,
    note_ru          text    not null,
    note_en          text    not null,
    source           text    not null,
    primary key (country_id, first_year)
);

insert into out_ogp_plans by name
select countries.country_id, plans.*
from codes_ogp_plans as plans
inner join codes_countries as countries using (iso3)
order by countries.country_id, plans.first_year;

comment on table out_ogp_plans is 'National action plans under the Open Government Partnership.';
comment on column out_ogp_plans.country_id is 'The country.';
comment on column out_ogp_plans.iso3 is 'ISO 3166-1 code of three letters.';
comment on column out_ogp_plans.first_year is 'First year of the plan.';
comment on column out_ogp_plans.last_year is 'Last year of the plan.';
comment on column out_ogp_plans.commitment_count is 'Commitments of the plan.';
comment on column out_ogp_plans.note_ky is 'What is known of the plan, in Kyrgyz.';
comment on column out_ogp_plans.note_ru is 'What is known of the plan, in Russian.';
comment on column out_ogp_plans.note_en is 'What is known of the plan, in English.';
comment on column out_ogp_plans.source is 'Where it was read.';
