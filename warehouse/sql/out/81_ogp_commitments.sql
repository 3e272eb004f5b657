-- One row per commitment of a country of ours, where its page was seen.
-- Grain: commitment_id.
create table out_ogp_commitments (
    country_id    text    not null,
    commitment_id text    not null primary key,
    iso3          text    not null,
    first_year    integer not null,
    subject_id    text,
    name_ky       text    not null,
    name_ru       text    not null,
    name_en       text    not null,
    source        text    not null
);

insert into out_ogp_commitments by name
select countries.country_id, commitments.*
from codes_ogp_commitments as commitments
inner join codes_countries as countries using (iso3)
order by commitments.commitment_id;

comment on table out_ogp_commitments is 'Commitments under the Open Government Partnership of which a page was seen; a plan has more.';
comment on column out_ogp_commitments.country_id is 'The country.';
comment on column out_ogp_commitments.commitment_id is 'Id that the Partnership gives it.';
comment on column out_ogp_commitments.iso3 is 'ISO 3166-1 code of three letters.';
comment on column out_ogp_commitments.first_year is 'First year of the plan.';
comment on column out_ogp_commitments.subject_id is 'Subject of openness that it speaks of; empty where none fits.';
comment on column out_ogp_commitments.name_ky is 'Name of the commitment, in Kyrgyz.';
comment on column out_ogp_commitments.name_ru is 'Name of the commitment, in Russian.';
comment on column out_ogp_commitments.name_en is 'Name of the commitment, in English.';
comment on column out_ogp_commitments.source is 'Where it was read.';
