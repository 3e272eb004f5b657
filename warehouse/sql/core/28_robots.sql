-- One row per answer to a request for a robots.txt.
-- Grain: capture_id.
create table core_robots (
    capture_id  text      not null,
    country_id  text      not null,
    round_id    text      not null,
    site_id     text      not null,
    url         text      not null,
    outcome     text      not null,
    captured_at timestamp not null,
    text        text
);

insert into core_robots by name
select *
from source.core_robots
order by round_id, site_id, capture_id;

comment on table core_robots is 'What each robots.txt said.';
comment on column core_robots.capture_id is 'The request.';
comment on column core_robots.country_id is 'Country whose round this was.';
comment on column core_robots.round_id is 'Month of the round, YYYY-MM.';
comment on column core_robots.site_id is 'Site that was visited.';
comment on column core_robots.url is 'Address that was asked for.';
comment on column core_robots.outcome is 'What came of it: an outcome of codes_outcomes.';
comment on column core_robots.captured_at is 'When it was asked, UTC.';
comment on column core_robots.text is 'What counts of it; empty where there was none to read.';
