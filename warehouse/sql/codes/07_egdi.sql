-- One row per country and edition of the UN E-Government Survey.
-- Grain: survey_year, iso3.
create table codes_egdi (
    survey_year integer not null,
    iso3        text not null,
    egdi_rank   integer,
    egdi        double check (egdi between 0 and 1),
    osi         double check (osi between 0 and 1),
    tii         double check (tii between 0 and 1),
    hci         double check (hci >= 0), -- the 2003 edition prints more than 1 for two states
    epi         double check (epi between 0 and 1),
    source      text not null,
    primary key (survey_year, iso3)
);

insert into codes_egdi by name
select *
from source.codes_egdi
order by survey_year, iso3;

comment on table codes_egdi is 'The UN E-Government Development Index and its parts, by country and survey.';
comment on column codes_egdi.survey_year is 'Year of the survey.';
comment on column codes_egdi.iso3 is 'ISO 3166-1 code of three letters.';
comment on column codes_egdi.egdi_rank is 'Place among all countries of the survey; empty where the state was not ranked.';
comment on column codes_egdi.egdi is 'E-Government Development Index, 0 to 1.';
comment on column codes_egdi.osi is 'Online Service Index, 0 to 1, relative to the other countries of the same survey.';
comment on column codes_egdi.tii is 'Telecommunication Infrastructure Index, 0 to 1.';
comment on column codes_egdi.hci is 'Human Capital Index, 0 to 1.';
comment on column codes_egdi.epi is 'E-Participation Index, 0 to 1.';
comment on column codes_egdi.source is 'Where the numbers were taken from.';
