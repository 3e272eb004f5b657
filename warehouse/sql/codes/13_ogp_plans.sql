-- One row per national action plan.
-- Grain: iso3, first_year.
create table codes_ogp_plans (
    iso3             text    not null,
    first_year       integer not null,
    last_year        integer not null check (last_year >= first_year),
    commitment_count bigint  not null check (commitment_count > 0),
    note_ky          text    not null,
    note_ru          text    not null,
    note_en          text    not null,
    source           text    not null,
    primary key (iso3, first_year)
);

insert into codes_ogp_plans by name
select *
from source.codes_ogp_plans
order by iso3, first_year;

comment on table codes_ogp_plans is 'National action plans under the Open Government Partnership.';
comment on column codes_ogp_plans.iso3 is 'ISO 3166-1 code of three letters.';
comment on column codes_ogp_plans.first_year is 'First year of the plan.';
comment on column codes_ogp_plans.last_year is 'Last year of the plan.';
comment on column codes_ogp_plans.commitment_count is 'Commitments of the plan.';
comment on column codes_ogp_plans.note_ky is 'What is known of the plan, in Kyrgyz.';
comment on column codes_ogp_plans.note_ru is 'What is known of the plan, in Russian.';
comment on column codes_ogp_plans.note_en is 'What is known of the plan, in English.';
comment on column codes_ogp_plans.source is 'Where it was read.';
