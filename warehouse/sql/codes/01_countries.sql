-- One row per country whose sites are looked at.
-- Grain: country_id.
create table codes_countries (
    country_id text not null primary key,
    iso3       text,
    name_ky    text not null,
    name_ru    text not null,
    name_en    text not null,
    time_zone  text not null,
    currency   text,
    languages  text[] not null
);

insert into codes_countries by name
select *
from source.codes_countries
order by country_id;

comment on table codes_countries is 'Countries that are harvested, from the registries.';
comment on column codes_countries.country_id is 'Lower-case ISO 3166-1 code; "sample" for the sample republic, "zz" for no country.';
comment on column codes_countries.iso3 is 'ISO 3166-1 code of three letters; empty for the sample republic and for no country.';
comment on column codes_countries.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_countries.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column codes_countries.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column codes_countries.time_zone is 'Time zone, by its IANA name.';
comment on column codes_countries.currency is 'Currency, ISO 4217.';
comment on column codes_countries.languages is 'Languages of the country''s sites, ISO 639-1, in the country''s own order.';
