-- One row per country of ours that joined the Open Government Partnership.
-- Grain: country_id.
create table out_ogp_members (
    country_id     text    not null primary key,
    iso3           text    not null,
    joined         text    not null,
    is_cohort_date boolean not null,
    source         text    not null
);

insert into out_ogp_members by name
select countries.country_id, members.*
from codes_ogp_members as members
inner join codes_countries as countries using (iso3)
order by countries.country_id;

comment on table out_ogp_members is 'States that joined the Open Government Partnership, and when. Whether they are active today is not said here.';
comment on column out_ogp_members.country_id is 'The country.';
comment on column out_ogp_members.iso3 is 'ISO 3166-1 code of three letters.';
comment on column out_ogp_members.joined is 'When it joined, YYYY-MM or YYYY, as far as the source says.';
comment on column out_ogp_members.is_cohort_date is 'Whether the date is that of its whole cohort; its own letter of intent may be older.';
comment on column out_ogp_members.source is 'Where it was read.';
