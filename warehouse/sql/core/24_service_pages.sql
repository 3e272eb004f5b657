-- One row per service, round and page that speaks of it.
-- Grain: round_id, service_id, page_id, role.
create table core_service_pages (
    service_id text not null,
    round_id   text not null,
    page_id    text not null,
    url        text not null,
    language   text not null,
    role       text not null check (role in ('description', 'form', 'list', 'portal', 'document'))
);

insert into core_service_pages by name
select *
from source.core_service_pages
order by round_id, service_id, page_id, role;

comment on table core_service_pages is 'Pages that speak of a service, and how.';
comment on column core_service_pages.service_id is 'The service.';
comment on column core_service_pages.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_pages.page_id is 'The page.';
comment on column core_service_pages.url is 'Address of the page.';
comment on column core_service_pages.language is 'Language of the page, ISO 639-1.';
comment on column core_service_pages.role is 'How the page speaks of the service: description, form, list, portal or document.';
