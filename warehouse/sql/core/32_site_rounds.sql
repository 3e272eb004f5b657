-- One row per site and round in which the site was asked at all.
-- Grain: round_id, site_id.
create table core_site_rounds (
    round_id         text      not null,
    site_id          text      not null,
    country_id       text      not null,
    request_count    bigint    not null,
    address_count    bigint    not null,
    seen_count       bigint    not null,
    main_fault       text,
    main_outcome     text,
    last_seen_at     timestamp,
    last_captured_at timestamp not null
);

insert into core_site_rounds by name
-- A dead link, or one that leads elsewhere, is an answer; only at the first address does it explain a site.
with failures as (
    select round_id, site_id, outcome, fault, min(depth) as depth, count(*) as failure_count
    from core_looks
    where round_id = getvariable('round_id') and not is_observation and (depth = 0 or outcome not in ('gone', 'soft_404', 'moved_offsite'))
    group by round_id, site_id, outcome, fault
),

-- The failure nearest to the first address explains a site best; among equals, the commonest.
main_failures as (
    select round_id, site_id, outcome, fault
    from failures
    qualify row_number() over (
        partition by round_id, site_id order by depth, failure_count desc, outcome
    ) = 1
),

asked as (
    select
        round_id,
        site_id,
        min(country_id) as country_id,
        count(*) as request_count,
        max(captured_at) as last_captured_at
    from raw_captures
    where round_id = getvariable('round_id') and outcome <> 'not_due' and render_mode = 'wire'
    group by round_id, site_id
),

looked as (
    select
        round_id,
        site_id,
        count(*) as address_count,
        count(*) filter (where is_observation) as seen_count,
        max(captured_at) filter (where is_observation) as last_seen_at
    from core_looks
    where round_id = getvariable('round_id')
    group by round_id, site_id
)

select
    asked.round_id,
    asked.site_id,
    asked.country_id,
    asked.request_count,
    coalesce(looked.address_count, 0) as address_count,
    coalesce(looked.seen_count, 0) as seen_count,
    main_failures.fault as main_fault,
    main_failures.outcome as main_outcome,
    looked.last_seen_at,
    asked.last_captured_at
from asked
left join looked using (round_id, site_id)
left join main_failures using (round_id, site_id)
order by asked.round_id, asked.site_id;

comment on table core_site_rounds is 'What came of each site in each round.';
comment on column core_site_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_site_rounds.site_id is 'The site.';
comment on column core_site_rounds.country_id is 'Country of the round.';
comment on column core_site_rounds.request_count is 'Requests made, robots.txt and repeated attempts among them.';
comment on column core_site_rounds.address_count is 'Addresses of pages asked for.';
comment on column core_site_rounds.seen_count is 'Addresses that let us look.';
comment on column core_site_rounds.main_fault is 'Who can do something about the failure that explains the site best.';
comment on column core_site_rounds.main_outcome is 'The failure nearest to the first address; among equals, the commonest.';
comment on column core_site_rounds.last_seen_at is 'Last time that a page of it was seen, UTC.';
comment on column core_site_rounds.last_captured_at is 'Last time that it was asked, UTC.';
