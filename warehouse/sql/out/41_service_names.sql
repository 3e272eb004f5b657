-- One row per service and language in which a page names it.
-- Grain: service_id, language, name.
create table out_service_names (
    service_id text not null,
    language   text not null,
    name       text not null,
    page_url   text
);

insert into out_service_names by name
select names.service_id, names.language, masked(names.name) as name, min(pages.url) as page_url
from core_service_names as names
inner join core_known_services as rounds
    on names.service_id = rounds.service_id and names.round_id = rounds.kept_round_id
left join core_pages as pages
    on names.round_id = pages.round_id and names.page_id = pages.page_id
group by names.service_id, names.language, names.name
order by names.service_id, names.language, name;

comment on table out_service_names is 'Names of services in every language in which a page gives one.';
comment on column out_service_names.service_id is 'The service.';
comment on column out_service_names.language is 'Language of the name, ISO 639-1.';
comment on column out_service_names.name is 'The name, in the words of the page.';
comment on column out_service_names.page_url is 'Address of the page that gives it.';
