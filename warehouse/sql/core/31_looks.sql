-- One row per address that a site was asked for in a round: the last word on it, once its page had been read.
-- Grain: round_id, site_id, url. Could not look is never absent: only an observation says anything.
-- A look that succeeded outweighs the attempts before it; robots.txt and site maps are no pages, and a
-- redirect is no look: where it leads has a row of its own.
create table core_looks (
    capture_id     text      not null,
    country_id     text      not null,
    round_id       text      not null,
    site_id        text      not null,
    url            text      not null,
    depth          integer   not null,
    captured_at    timestamp not null,
    outcome        text      not null,
    outcome_detail text,
    http_status    integer,
    is_observation boolean   not null,
    absent_asks    bigint    not null,
    is_final       boolean   not null,
    fault          text      not null
);

insert into core_looks by name
with read as (
    select
        captures.*,
        pages.page_id,
        coalesce(pages.outcome, captures.outcome) as last_outcome,
        coalesce(pages.outcome_detail, captures.outcome_detail) as last_detail,
        count(pages.page_id) over (partition by captures.round_id, captures.site_id) > 0 as is_site_read
    from raw_captures as captures
    left join core_pages as pages
        on captures.round_id = pages.round_id and captures.capture_id = pages.capture_id
    where captures.round_id = getvariable('round_id') and captures.depth >= 0
)

select
    read.capture_id,
    read.country_id,
    read.round_id,
    read.site_id,
    read.url,
    read.depth,
    read.captured_at,
    read.last_outcome as outcome,
    read.last_detail as outcome_detail,
    read.http_status,
    coalesce(outcomes.is_observation, false) and read.page_id is not null as is_observation,
    -- What is not due was not asked for, whatever its page said.
    count(*) filter (where read.last_outcome in ('gone', 'soft_404') and read.outcome <> 'not_due') over (
        partition by read.round_id, read.site_id, read.url
    ) as absent_asks,
    coalesce(read.http_status = 410, false) or read.source <> 'web' as is_final,
    coalesce(outcomes.fault, 'us') as fault
from read
left join codes_outcomes as outcomes
    on read.last_outcome = outcomes.outcome
where read.last_outcome <> 'redirected'
    and (read.page_id is not null or not read.is_site_read)
qualify row_number() over (
    partition by read.round_id, read.site_id, read.url order by is_observation desc, read.seq desc
) = 1
order by read.round_id, read.site_id, read.url;

comment on table core_looks is 'What came of each address that a site was asked for, once its page had been read: an answer may still be a block page.';
comment on column core_looks.capture_id is 'The request that had the last word.';
comment on column core_looks.country_id is 'Country whose round this was.';
comment on column core_looks.round_id is 'Month of the round, YYYY-MM.';
comment on column core_looks.site_id is 'Site that was asked.';
comment on column core_looks.url is 'Address that was asked for.';
comment on column core_looks.depth is 'Links followed from a first address of the site.';
comment on column core_looks.captured_at is 'When it was asked, UTC.';
comment on column core_looks.outcome is 'What came of it after reading.';
comment on column core_looks.outcome_detail is 'The rule or the error, in words.';
comment on column core_looks.http_status is 'HTTP status; empty when there was no answer.';
comment on column core_looks.is_observation is 'Whether it let us look at a page.';
comment on column core_looks.absent_asks is 'How many times it was asked for in the round and was not there.';
comment on column core_looks.is_final is 'Whether asking again says no more: the server says that it is gone for good (410), or an archive was asked.';
comment on column core_looks.fault is 'Who can do something about it.';
