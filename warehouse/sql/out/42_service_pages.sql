-- One row per service and page that speaks of it.
-- Grain: service_id, page_id, role.
create table out_service_pages (
    service_id  text not null,
    page_id     text not null,
    url         text not null,
    title       text,
    language    text not null,
    role        text not null,
    kind        text,
    media_type  text,
    outcome     text,
    capture_id  text,
    captured_at timestamp
);

insert into out_service_pages by name
select
    service_pages.service_id,
    service_pages.page_id,
    service_pages.url,
    masked(pages.title) as title,
    service_pages.language,
    service_pages.role,
    pages.kind,
    pages.media_type,
    pages.outcome,
    pages.capture_id,
    pages.captured_at
from core_service_pages as service_pages
inner join core_known_services as rounds
    on service_pages.service_id = rounds.service_id and service_pages.round_id = rounds.kept_round_id
left join core_pages as pages
    on service_pages.round_id = pages.round_id and service_pages.page_id = pages.page_id
order by service_pages.service_id, service_pages.page_id, service_pages.role;

comment on table out_service_pages is 'Pages that speak of each service, and how.';
comment on column out_service_pages.service_id is 'The service.';
comment on column out_service_pages.page_id is 'The page.';
comment on column out_service_pages.url is 'Address of the page.';
comment on column out_service_pages.title is 'Title of the page.';
comment on column out_service_pages.language is 'Language of the page, ISO 639-1.';
comment on column out_service_pages.role is 'How the page speaks of the service: description, form, list, portal or document.';
comment on column out_service_pages.kind is 'Kind of page: service, service-list, application and so on.';
comment on column out_service_pages.media_type is 'Type of content that the bytes of the page show, such as text/html or application/pdf.';
comment on column out_service_pages.outcome is 'What came of looking at it.';
comment on column out_service_pages.capture_id is 'Request that gave it.';
comment on column out_service_pages.captured_at is 'When it was captured, UTC.';
