-- One row per site and round in which the site was asked at all.
-- Grain: round_id, site_id.
create table core_site_rounds (
    round_id         text      not null,
    site_id          text      not null,
    country_id       text      not null,
    request_count    bigint    not null,
    seen_count       bigint    not null,
    main_fault       text,
    main_outcome     text,
    last_seen_at     timestamp,
    last_captured_at timestamp not null
);

insert into core_site_rounds by name
with failures as (
    select round_id, site_id, outcome, fault, min(depth) as depth, count(*) as failure_count
    from core_looks
    where not is_observation and fault <> 'nobody'
    group by round_id, site_id, outcome, fault
),

-- The failure nearest to the first address explains a site best; among equals, the commonest.
main_failures as (
    select round_id, site_id, outcome, fault
    from failures
    qualify row_number() over (
        partition by round_id, site_id order by depth, failure_count desc, outcome
    ) = 1
)

select
    looks.round_id,
    looks.site_id,
    min(looks.country_id) as country_id,
    count(*) as request_count,
    count(*) filter (where looks.is_observation) as seen_count,
    min(main_failures.fault) as main_fault,
    min(main_failures.outcome) as main_outcome,
    max(looks.captured_at) filter (where looks.is_observation) as last_seen_at,
    max(looks.captured_at) as last_captured_at
from core_looks as looks
left join main_failures using (round_id, site_id)
group by looks.round_id, looks.site_id
order by looks.round_id, looks.site_id;

comment on table core_site_rounds is 'What came of each site in each round.';
comment on column core_site_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_site_rounds.site_id is 'The site.';
comment on column core_site_rounds.country_id is 'Country of the round.';
comment on column core_site_rounds.request_count is 'Requests made.';
comment on column core_site_rounds.seen_count is 'Requests that let us look.';
comment on column core_site_rounds.main_fault is 'Who can do something about the failure that explains the site best.';
comment on column core_site_rounds.main_outcome is 'The failure nearest to the first address; among equals, the commonest.';
comment on column core_site_rounds.last_seen_at is 'Last time that a page of it was seen, UTC.';
comment on column core_site_rounds.last_captured_at is 'Last time that it was asked, UTC.';
