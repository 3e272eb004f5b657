-- One row per country of ours and edition of the UN E-Government Survey.
-- Grain: country_id, survey_year.
create table out_egdi (
    country_id  text not null,
    iso3        text not null,
    survey_year integer not null,
    egdi_rank   integer,
    egdi        double,
    osi         double,
    tii         double,
    hci         double,
    epi         double,
    source      text not null,
    primary key (country_id, survey_year)
);

insert into out_egdi by name
select countries.country_id, egdi.*
from codes_egdi as egdi
inner join codes_countries as countries using (iso3)
order by countries.country_id, egdi.survey_year;

comment on table out_egdi is 'The UN''s E-Government Development Index and its parts, for the countries that are harvested.';
comment on column out_egdi.country_id is 'The country.';
comment on column out_egdi.iso3 is 'ISO 3166-1 code of three letters.';
comment on column out_egdi.survey_year is 'Year of the survey.';
comment on column out_egdi.egdi_rank is 'Place among all countries of the survey; empty where the state was not ranked.';
comment on column out_egdi.egdi is 'E-Government Development Index, 0 to 1.';
comment on column out_egdi.osi is 'Online Service Index, 0 to 1, relative to the other countries of the same survey.';
comment on column out_egdi.tii is 'Telecommunication Infrastructure Index, 0 to 1.';
comment on column out_egdi.hci is 'Human Capital Index, 0 to 1.';
comment on column out_egdi.epi is 'E-Participation Index, 0 to 1.';
comment on column out_egdi.source is 'Where the numbers were taken from.';
