-- One row per function of government.
-- Grain: cofog_division.
create table out_cofog (
    cofog_division text not null primary key,
    name_ky        text not null,
    name_ru        text not null,
    name_en        text not null,
    source         text not null
);

insert into out_cofog by name
select *
from codes_cofog
order by cofog_division;

comment on table out_cofog is 'Divisions of the UN classification of the functions of government (COFOG).';
comment on column out_cofog.cofog_division is 'Number of the division, 01 to 10.';
comment on column out_cofog.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_cofog.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column out_cofog.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column out_cofog.source is 'Where it comes from.';
