-- One row per indicator of the literature.
-- Grain: source_id.
create table codes_indicator_sources (
    source_id text not null primary key,
    survey    text not null,
    year      text not null,
    place     text not null,
    wording   text not null,
    shown_by  text,
    reason_id text,
    reason_ky text,
    reason_ru text,
    reason_en text,
    check ((shown_by is null) <> (reason_id is null))
);

insert into codes_indicator_sources by name
select *
from source.codes_indicator_sources
order by source_id;

comment on table codes_indicator_sources is 'Indicators of the literature: which indicator or subject shows each, or why none does.';
comment on column codes_indicator_sources.source_id is 'Id of the indicator in the literature, as our reference table has it.';
comment on column codes_indicator_sources.survey is 'Survey or index that asks it.';
comment on column codes_indicator_sources.year is 'Year or years of the survey.';
comment on column codes_indicator_sources.place is 'Address or title under which the survey is found.';
comment on column codes_indicator_sources.wording is 'What it asks, in the English of the survey.';
comment on column codes_indicator_sources.shown_by is 'Indicator or subject of openness that shows it; empty where none does.';
comment on column codes_indicator_sources.reason_id is 'Why nothing shows it; empty where something does.';
comment on column codes_indicator_sources.reason_ky is 'Why nothing shows it, in Kyrgyz.';
comment on column codes_indicator_sources.reason_ru is 'Why nothing shows it, in Russian.';
comment on column codes_indicator_sources.reason_en is 'Why nothing shows it, in English.';
