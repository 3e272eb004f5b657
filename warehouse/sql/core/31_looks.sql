-- One row per request: what came of it once its page had been read too.
-- Grain: capture_id. Could not look is never absent: only a row that is an observation says anything.
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
    is_observation boolean   not null,
    fault          text      not null
);

insert into core_looks by name
select
    captures.capture_id,
    captures.country_id,
    captures.round_id,
    captures.site_id,
    captures.url,
    captures.depth,
    captures.captured_at,
    coalesce(pages.outcome, captures.outcome) as outcome,
    coalesce(pages.outcome_detail, captures.outcome_detail) as outcome_detail,
    coalesce(outcomes.is_observation, false) as is_observation,
    coalesce(outcomes.fault, 'us') as fault
from raw_captures as captures
left join core_pages as pages
    on captures.round_id = pages.round_id and captures.capture_id = pages.capture_id
left join codes_outcomes as outcomes
    on coalesce(pages.outcome, captures.outcome) = outcomes.outcome
order by captures.round_id, captures.site_id, captures.seq;

comment on table core_looks is 'What came of each request once its page had been read: an answer may still be a block page.';
comment on column core_looks.capture_id is 'The request.';
comment on column core_looks.country_id is 'Country whose round this was.';
comment on column core_looks.round_id is 'Month of the round, YYYY-MM.';
comment on column core_looks.site_id is 'Site that was asked.';
comment on column core_looks.url is 'Address that was asked for.';
comment on column core_looks.depth is 'Links followed from a first address of the site.';
comment on column core_looks.captured_at is 'When it was asked, UTC.';
comment on column core_looks.outcome is 'What came of it after reading.';
comment on column core_looks.outcome_detail is 'The rule or the error, in words.';
comment on column core_looks.is_observation is 'Whether it let us look.';
comment on column core_looks.fault is 'Who can do something about it.';
