-- One row per public body of a registry.
-- Grain: country_id, institution_id.
create table codes_institutions (
    institution_id text not null,
    country_id     text not null,
    kind           text not null,
    name_ky        text not null,
    name_ru        text not null,
    name_en        text not null,
    region_id      text,
    source         text not null,
    primary key (country_id, institution_id)
);

insert into codes_institutions by name
select *
from source.codes_institutions
order by country_id, institution_id;

comment on table codes_institutions is 'Public bodies that own sites or provide services, from the registries.';
comment on column codes_institutions.institution_id is 'Id of the public body within its country.';
comment on column codes_institutions.country_id is 'Country it belongs to.';
comment on column codes_institutions.kind is 'What sort of body it is: ministry, agency, region and so on; "host" when only the host of an unlisted site is known.';
comment on column codes_institutions.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_institutions.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column codes_institutions.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column codes_institutions.region_id is 'Id of its region; empty for a body of the whole country.';
comment on column codes_institutions.source is 'Where its name was found.';
