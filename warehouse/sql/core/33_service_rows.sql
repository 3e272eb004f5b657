-- One row per service and round in which pages spoke of it, with the round whose row counts.
-- Grain: round_id, service_id.
-- A row with unseen pages can only raise a stage, never lower or erase it: among the rows since the
-- last one that saw every page, the highest stage counts, and the newest of equals.
create table core_service_rows (
    service_id    text    not null,
    round_id      text    not null,
    country_id    text    not null,
    site_id       text    not null,
    kept_round_id text    not null,
    is_complete   boolean not null,
    seen_at       timestamp
);

insert into core_service_rows by name
with seen as (
    select service_pages.service_id, max(pages.captured_at) as seen_at
    from core_service_pages as service_pages
    inner join core_pages as pages using (round_id, page_id)
    inner join codes_outcomes as outcomes using (outcome)
    where service_pages.round_id = getvariable('round_id') and outcomes.is_observation
    group by service_pages.service_id
),

-- A site that is silent now hides what stood there when it was last seen: then, too, not every page was seen.
hidden as (
    select distinct service_pages.service_id
    from core_site_voices as voices
    inner join core_pages as pages
        on voices.site_id = pages.site_id and voices.last_ok_round = pages.round_id
    inner join core_service_pages as service_pages
        on pages.round_id = service_pages.round_id and pages.page_id = service_pages.page_id
    where voices.round_id = getvariable('round_id') and not voices.is_seen and service_pages.role <> 'list'
),

earlier as (
    select rows.service_id, rows.kept_round_id, coalesce(verdicts.stage, 0) as stage
    from core_service_rows as rows
    left join core_verdicts as verdicts
        on rows.service_id = verdicts.service_id and rows.kept_round_id = verdicts.round_id
    qualify row_number() over (partition by rows.service_id order by rows.round_id desc) = 1
)

select
    services.service_id,
    services.round_id,
    services.country_id,
    services.site_id,
    services.unseen_count = 0 and hidden.service_id is null as is_complete,
    if(
        is_complete or earlier.service_id is null or coalesce(verdicts.stage, 0) >= earlier.stage,
        services.round_id,
        earlier.kept_round_id
    ) as kept_round_id,
    seen.seen_at
from core_services as services
left join core_verdicts as verdicts using (round_id, service_id)
left join seen using (service_id)
left join hidden using (service_id)
left join earlier using (service_id)
where services.round_id = getvariable('round_id')
order by services.service_id;

comment on table core_service_rows is 'For each service and round, the round whose row counts.';
comment on column core_service_rows.service_id is 'The service.';
comment on column core_service_rows.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_rows.country_id is 'Country of the round.';
comment on column core_service_rows.site_id is 'Site where it was found best described.';
comment on column core_service_rows.kept_round_id is 'Round whose row counts: this one, or an earlier one when pages could not be looked at.';
comment on column core_service_rows.is_complete is 'Whether all its pages could be looked at, and none stood on a site that is silent now.';
comment on column core_service_rows.seen_at is 'Last time in this round that one of its pages was seen, UTC.';
