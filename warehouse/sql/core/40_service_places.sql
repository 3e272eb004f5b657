-- One row per service and round in which pages of its own could be looked at: where they stand.
-- Grain: round_id, service_id.
create table core_service_places (
    service_id text   not null,
    round_id   text   not null,
    site_ids   text[] not null,
    urls       text[] not null
);

insert into core_service_places by name
select
    service_pages.service_id,
    service_pages.round_id,
    list(distinct pages.site_id order by pages.site_id) as site_ids,
    list(distinct pages.url order by pages.url) as urls
from core_service_pages as service_pages
inner join core_pages as pages using (round_id, page_id)
inner join codes_outcomes as outcomes using (outcome)
where service_pages.round_id = getvariable('round_id') and service_pages.role <> 'list' and outcomes.is_observation
group by service_pages.service_id, service_pages.round_id
order by service_pages.service_id;

comment on table core_service_places is 'Where the pages stand that speak of each service alone.';
comment on column core_service_places.service_id is 'The service.';
comment on column core_service_places.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_places.site_ids is 'Sites on which they stand.';
comment on column core_service_places.urls is 'Their addresses.';
