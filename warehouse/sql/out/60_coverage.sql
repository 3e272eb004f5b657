-- One row per site and round of its country: what could be seen, and what could not.
-- Grain: round_id, site_id.
create table out_coverage (
    round_id           text not null,
    site_id            text not null,
    country_id         text not null,
    institution_id     text,
    host               text,
    seed_url           text,
    state              text,
    status             text not null check (status in ('seen', 'partly_seen', 'not_seen', 'not_tried')),
    address_count      bigint not null,
    seen_count         bigint not null,
    service_count      bigint not null,
    main_outcome       text,
    fault              text,
    advice_ky          text,
    advice_ru          text,
    advice_en          text,
    min_pages          integer,
    max_pages          integer,
    min_services       integer,
    max_services       integer,
    is_as_expected     boolean,
    as_of              date,
    last_ok_at         timestamp,
    attempts_since_ok  bigint not null,
    voice              text not null check (
        voice in ('speaks', 'quiet', 'unusually_quiet', 'silent', 'unusually_silent', 'not_asked')
    ),
    changed_page_count bigint not null,
    looks_since_change bigint,
    usual_looks        double,
    is_newest          boolean not null,
    finish             text
);

insert into out_coverage by name
with joined as (
    select
        voices.*,
        rounds.is_newest,
        coalesce(tried.request_count, 0) as request_count,
        coalesce(tried.address_count, 0) as address_count,
        coalesce(tried.seen_count, 0) as seen_count,
        coalesce(found.service_count, 0) as service_count,
        tried.main_outcome,
        tried.main_fault
    from core_site_voices as voices
    inner join core_rounds as rounds using (country_id, round_id)
    left join core_site_rounds as tried using (round_id, site_id)
    left join core_site_services as found using (round_id, site_id)
)

select
    joined.round_id,
    joined.site_id,
    joined.country_id,
    sites.institution_id,
    sites.host,
    sites.seed_url,
    sites.state,
    case
        when joined.request_count = 0 then 'not_tried'
        when joined.seen_count = 0 then 'not_seen'
        when joined.main_outcome is null then 'seen'
        else 'partly_seen'
    end as status,
    joined.address_count,
    joined.seen_count,
    joined.service_count,
    joined.main_outcome,
    joined.main_fault as fault,
    nullif(outcomes.advice_ky, '') as advice_ky,
    nullif(outcomes.advice_ru, '') as advice_ru,
    nullif(outcomes.advice_en, '') as advice_en,
    sites.min_pages,
    sites.max_pages,
    sites.min_services,
    sites.max_services,
    if(
        joined.request_count = 0
        or coalesce(sites.min_pages, sites.max_pages, sites.min_services, sites.max_services) is null,
        null,
        joined.seen_count between coalesce(sites.min_pages, 0) and coalesce(sites.max_pages, joined.seen_count)
        and joined.service_count
            between coalesce(sites.min_services, 0) and coalesce(sites.max_services, joined.service_count)
    ) as is_as_expected,
    cast(joined.last_ok_at as date) as as_of,
    joined.last_ok_at,
    joined.attempts_since_ok,
    joined.voice,
    joined.changed_page_count,
    joined.looks_since_change,
    joined.usual_looks,
    joined.is_newest,
    visits.finish
from joined
left join core_visits as visits using (round_id, site_id)
left join codes_sites as sites using (site_id)
left join codes_outcomes as outcomes
    on joined.main_outcome = outcomes.outcome
order by joined.round_id, joined.site_id;

comment on table out_coverage is 'How well each site could be seen in each round, whose fault it was where it could not, and what its owner can do.';
comment on column out_coverage.round_id is 'Month of the round, YYYY-MM.';
comment on column out_coverage.site_id is 'The site.';
comment on column out_coverage.country_id is 'Country of the round.';
comment on column out_coverage.institution_id is 'Public body that owns the site.';
comment on column out_coverage.host is 'Host of the site, with the port where it has one.';
comment on column out_coverage.seed_url is 'Address from which its harvest starts.';
comment on column out_coverage.state is 'What the registry says of it: live, historical, lapsed, merged into a portal, or unlisted.';
comment on column out_coverage.status is 'seen; partly_seen, when some addresses could not be looked at; not_seen, when none let us look; or not_tried in this round.';
comment on column out_coverage.address_count is 'Addresses of pages that were asked for; redirects are not counted, where they lead is.';
comment on column out_coverage.seen_count is 'Addresses that let us look.';
comment on column out_coverage.service_count is 'Services that its pages speak of in this round.';
comment on column out_coverage.main_outcome is 'The failure nearest to the first address; empty when all could be looked at. A dead link is no failure of the site.';
comment on column out_coverage.fault is 'Who can do something about that failure: nobody, site, network or us.';
comment on column out_coverage.advice_ky is 'What can be done about it, in Kyrgyz.';
comment on column out_coverage.advice_ru is 'What can be done about it, in Russian.';
comment on column out_coverage.advice_en is 'What can be done about it, in English.';
comment on column out_coverage.min_pages is 'Fewest pages that a healthy round gives; empty when nothing is expected.';
comment on column out_coverage.max_pages is 'Most pages that a healthy round gives; empty when nothing is expected.';
comment on column out_coverage.min_services is 'Fewest services that a healthy round gives; empty when nothing is expected.';
comment on column out_coverage.max_services is 'Most services that a healthy round gives; empty when nothing is expected.';
comment on column out_coverage.is_as_expected is 'Whether pages and services lie within what is expected; empty when nothing is expected or nothing was tried.';
comment on column out_coverage.as_of is 'Day on which a page of it was last seen, up to this round.';
comment on column out_coverage.last_ok_at is 'Last time up to this round that a page of it was seen, UTC.';
comment on column out_coverage.attempts_since_ok is 'Rounds since then in which it was asked in vain; 0 when all is fresh.';
comment on column out_coverage.voice is 'What it has to say, by its own rhythm: speaks, when a page is new or other than it was; quiet; unusually_quiet, when it has said nothing new for over three times as long as usual; silent, when it did not answer; unusually_silent, when for longer than ever before; or not_asked.';
comment on column out_coverage.changed_page_count is 'Its pages whose text is new, or other than it last was.';
comment on column out_coverage.looks_since_change is 'Rounds in which it was seen since one of its pages last changed.';
comment on column out_coverage.usual_looks is 'Rounds in which it is seen from one change to the next: the median up to this round.';
comment on column out_coverage.is_newest is 'Whether it is the newest round of the country.';
comment on column out_coverage.finish is 'Why the visit of the site ended: finished, page_limit, time_limit, gave_up, hours_over, opted_out, interrupted, crawler_failed, disk_full, killed or unreported; empty when there was no visit.';
