-- One row per indicator: one observable feature of online service.
-- Grain: indicator_id.
create table out_indicators (
    indicator_id  text not null primary key,
    stage         utinyint not null check (stage between 1 and 4),
    level         text not null check (level in ('page', 'site', 'country')),
    name_ky       text not null,
    name_ru       text not null,
    name_en       text not null,
    definition_ky text not null,
    definition_ru text not null,
    definition_en text not null,
    advice_ky     text not null,
    advice_ru     text not null,
    advice_en     text not null,
    how_seen_ky   text not null,
    how_seen_ru   text not null,
    how_seen_en   text not null,
    source        text not null
);

insert into out_indicators by name
select *
from codes_indicators
order by indicator_id;

comment on table out_indicators is 'Observable features of online service: of pages, from indicators.yml, and of sites, from site_indicators.';
comment on column out_indicators.indicator_id is 'Stable id of the indicator.';
comment on column out_indicators.stage is 'Stage that it is evidence for, 1 to 4.';
comment on column out_indicators.level is 'What it is asked of: a page, a whole site or the country.';
comment on column out_indicators.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_indicators.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column out_indicators.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column out_indicators.definition_ky is 'What counts as it, in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_indicators.definition_ru is 'What counts as it, in Russian; empty where nobody has written it down yet.';
comment on column out_indicators.definition_en is 'What counts as it, in English; empty where nobody has written it down yet.';
comment on column out_indicators.advice_ky is 'What the owner of a site can do to have it, in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_indicators.advice_ru is 'What the owner of a site can do to have it, in Russian; empty where nobody has written it down yet.';
comment on column out_indicators.advice_en is 'What the owner of a site can do to have it, in English; empty where nobody has written it down yet.';
comment on column out_indicators.how_seen_ky is 'How it is seen on a page, in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_indicators.how_seen_ru is 'How it is seen on a page, in Russian; empty where nobody has written it down yet.';
comment on column out_indicators.how_seen_en is 'How it is seen on a page, in English; empty where nobody has written it down yet.';
comment on column out_indicators.source is 'Where it comes from in the literature.';
