-- One row per page that the last round that saw its site looked at, and the newest round did not.
-- Grain: site_id, url.
create table out_lost_pages (
    site_id          text      not null,
    url              text      not null,
    country_id       text      not null,
    round_id         text      not null,
    outcome          text,
    finish           text,
    last_ok_round_id text      not null,
    last_ok_at       timestamp not null
);

insert into out_lost_pages by name
with newest as (
    select country_id, round_id
    from core_rounds
    where is_newest
),

-- The last round before the newest in which the site let us look at all.
last_seen as (
    select newest.country_id, newest.round_id, tried.site_id, max(tried.round_id) as last_ok_round_id
    from newest
    inner join core_site_rounds as tried
        on newest.country_id = tried.country_id and tried.round_id < newest.round_id and tried.seen_count > 0
    group by all
),

-- Passed by on purpose, because it never changes: not lost.
passed_by as (
    select round_id, site_id, url
    from raw_captures
    where outcome = 'not_due'
)

select
    looks.site_id,
    looks.url,
    looks.country_id,
    last_seen.round_id,
    later.outcome,
    visits.finish,
    last_seen.last_ok_round_id,
    looks.captured_at as last_ok_at
from last_seen
inner join core_looks as looks
    on
        last_seen.site_id = looks.site_id
        and last_seen.last_ok_round_id = looks.round_id
        and looks.is_observation
left join core_looks as later
    on looks.site_id = later.site_id and looks.url = later.url and last_seen.round_id = later.round_id
left join core_visits as visits
    on looks.site_id = visits.site_id and last_seen.round_id = visits.round_id
anti join passed_by
    on last_seen.round_id = passed_by.round_id and looks.site_id = passed_by.site_id and looks.url = passed_by.url
where not coalesce(later.is_observation, false)
order by looks.site_id, looks.url;

comment on table out_lost_pages is 'Pages that an earlier round saw and the newest did not: gone, not answered, or not come to.';
comment on column out_lost_pages.site_id is 'The site.';
comment on column out_lost_pages.url is 'Address of the page.';
comment on column out_lost_pages.country_id is 'Country of the round.';
comment on column out_lost_pages.round_id is 'Newest round of the country, YYYY-MM.';
comment on column out_lost_pages.outcome is 'What came of it in the newest round; empty when it was not asked for.';
comment on column out_lost_pages.finish is 'Why the visit of the site ended: finished, page_limit, time_limit, gave_up, hours_over, opted_out, interrupted, crawler_failed, disk_full, killed or unreported; empty when there was no visit.';
comment on column out_lost_pages.last_ok_round_id is 'The last round before it that saw the site, and this page of it.';
comment on column out_lost_pages.last_ok_at is 'When the page was seen in that round, UTC.';
