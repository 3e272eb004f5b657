-- One row per service, round and language: the service's name in the page's own words.
-- Grain: round_id, service_id, language.
create table core_service_names (
    service_id text not null,
    round_id   text not null,
    language   text not null,
    name       text not null,
    page_id    text not null
);

insert into core_service_names by name
select *
from source.core_service_names
order by round_id, service_id, language, name, page_id;

comment on table core_service_names is 'Names of services in each language in which a page gives one.';
comment on column core_service_names.service_id is 'The service.';
comment on column core_service_names.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_names.language is 'Language of the name, ISO 639-1.';
comment on column core_service_names.name is 'The name, in the words of the page.';
comment on column core_service_names.page_id is 'Page that gives it.';
