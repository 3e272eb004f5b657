-- One row per subject of openness or participation.
-- Grain: subject_id.
create table out_openness_subjects (
    subject_id    text not null primary key,
    part          text not null check (part in ('participation', 'openness')),
    name_ky       text not null,
    name_ru       text not null,
    name_en       text not null,
    definition_ky text not null,
    definition_ru text not null,
    definition_en text not null,
    advice_ky     text not null,
    advice_ru     text not null,
    advice_en     text not null,
    limit_ky      text not null,
    limit_ru      text not null,
    limit_en      text not null,
    indicator_ids text[] not null,
    how_seen_ky   text not null,
    how_seen_ru   text not null,
    how_seen_en   text not null,
    source        text not null
);

insert into out_openness_subjects by name
select *
from codes_openness_subjects
order by subject_id;

comment on table out_openness_subjects is 'What openness and participation ask of an institution, and what a page cannot show of it; apart from the stages of services.';
comment on column out_openness_subjects.subject_id is 'Subject of openness or participation.';
comment on column out_openness_subjects.part is 'participation: people are heard; openness: information is laid open.';
comment on column out_openness_subjects.name_ky is 'Name of the subject, in Kyrgyz.';
comment on column out_openness_subjects.name_ru is 'Name of the subject, in Russian.';
comment on column out_openness_subjects.name_en is 'Name of the subject, in English.';
comment on column out_openness_subjects.definition_ky is 'What counts as it, in Kyrgyz.';
comment on column out_openness_subjects.definition_ru is 'What counts as it, in Russian.';
comment on column out_openness_subjects.definition_en is 'What counts as it, in English.';
comment on column out_openness_subjects.advice_ky is 'What the owner of a site can do to have it, in Kyrgyz.';
comment on column out_openness_subjects.advice_ru is 'What the owner of a site can do to have it, in Russian.';
comment on column out_openness_subjects.advice_en is 'What the owner of a site can do to have it, in English.';
comment on column out_openness_subjects.limit_ky is 'What a page cannot show of it, in Kyrgyz.';
comment on column out_openness_subjects.limit_ru is 'What a page cannot show of it, in Russian.';
comment on column out_openness_subjects.limit_en is 'What a page cannot show of it, in English.';
comment on column out_openness_subjects.indicator_ids is 'Indicators of which any shows it, beside words of its own.';
comment on column out_openness_subjects.how_seen_ky is 'How the subject is seen on a page, in Kyrgyz.';
comment on column out_openness_subjects.how_seen_ru is 'How the subject is seen on a page, in Russian.';
comment on column out_openness_subjects.how_seen_en is 'How the subject is seen on a page, in English.';
comment on column out_openness_subjects.source is 'Where the subject comes from.';
