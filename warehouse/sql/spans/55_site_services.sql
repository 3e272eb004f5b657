-- One row per site and round: how many services its pages spoke of.
-- Grain: round_id, site_id.
create table core_site_services (
    round_id      text   not null,
    site_id       text   not null,
    service_count bigint not null
);

insert into core_site_services by name
select pages.round_id, pages.site_id, count(distinct service_pages.service_id) as service_count
from core_service_pages as service_pages
inner join core_pages as pages using (round_id, page_id)
where pages.round_id = getvariable('round_id')
group by pages.round_id, pages.site_id
order by pages.site_id;

comment on table core_site_services is 'How many services each site spoke of in each round.';
comment on column core_site_services.round_id is 'Month of the round, YYYY-MM.';
comment on column core_site_services.site_id is 'The site.';
comment on column core_site_services.service_count is 'Services that its pages spoke of.';
