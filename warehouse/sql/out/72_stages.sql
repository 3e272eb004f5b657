-- One row per stage of the UN four-stage model.
-- Grain: stage.
create table out_stages (
    stage         utinyint not null primary key check (stage between 1 and 4),
    name_ky       text not null,
    name_ru       text not null,
    name_en       text not null,
    definition_ky text not null,
    definition_ru text not null,
    definition_en text not null,
    source        text not null
);

insert into out_stages by name
select *
from codes_stages
order by stage;

comment on table out_stages is 'The four stages of online service of the UN, from stages.yml.';
comment on column out_stages.stage is 'Number of the stage, 1 to 4.';
comment on column out_stages.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_stages.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column out_stages.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column out_stages.definition_ky is 'What the stage means, in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_stages.definition_ru is 'What the stage means, in Russian; empty where nobody has written it down yet.';
comment on column out_stages.definition_en is 'What the stage means, in English; empty where nobody has written it down yet.';
comment on column out_stages.source is 'Where the definition comes from.';
