-- One row per host and round that was asked over the web.
-- Grain: round_id, host.
create table out_politeness (
    round_id             text not null,
    host                 text not null,
    request_count        bigint not null,
    byte_count           bigint not null,
    delay_seconds        double not null,
    smallest_gap_seconds double,
    busiest_minute_count bigint not null,
    mean_elapsed_seconds double not null,
    robots_refused_count bigint not null,
    rate_limited_count   bigint not null,
    server_error_count   bigint not null,
    first_captured_at    timestamp not null,
    last_captured_at     timestamp not null
);

insert into out_politeness by name
-- Times are added up as whole milliseconds: a sum of fractions depends on the order of adding.
with asked as (
    select
        round_id,
        lower(regexp_extract(url, '^[a-z][a-z0-9+.-]*://([^/?#]+)', 1, 'i')) as host,
        captured_at,
        byte_count,
        delay_seconds,
        cast(round(1000 * elapsed_seconds) as bigint) as elapsed_milliseconds,
        outcome,
        outcome in ('robots_disallowed', 'policy_refused') as is_unsent
    from raw_captures
    where source = 'web' and render_mode = 'wire'
),

-- What was never sent has disturbed nobody: it counts as refused, not as a request.
gaps as (
    select
        *,
        epoch(captured_at - lag(captured_at) over (partition by round_id, host, is_unsent order by captured_at))
            as gap_seconds,
        count(*) over (partition by round_id, host, is_unsent, date_trunc('minute', captured_at)) as minute_count
    from asked
)

select
    round_id,
    host,
    count(*) filter (where not is_unsent) as request_count,
    sum(byte_count) as byte_count,
    max(delay_seconds) as delay_seconds,
    min(gap_seconds) filter (where not is_unsent) as smallest_gap_seconds,
    coalesce(max(minute_count) filter (where not is_unsent), 0) as busiest_minute_count,
    sum(elapsed_milliseconds) / count(*) / 1000 as mean_elapsed_seconds,
    count(*) filter (where outcome = 'robots_disallowed') as robots_refused_count,
    count(*) filter (where outcome = 'rate_limited') as rate_limited_count,
    count(*) filter (where outcome = 'unreachable_http_5xx') as server_error_count,
    min(captured_at) as first_captured_at,
    max(captured_at) as last_captured_at
from gaps
group by round_id, host
order by round_id, host;

comment on table out_politeness is 'How gently each host was treated: requests, pauses, and how often it said no.';
comment on column out_politeness.round_id is 'Month of the round, YYYY-MM.';
comment on column out_politeness.host is 'The host, with the port where it has one.';
comment on column out_politeness.request_count is 'Requests made.';
comment on column out_politeness.byte_count is 'Bytes received, after decoding.';
comment on column out_politeness.delay_seconds is 'Longest pause that was promised between requests, in seconds.';
comment on column out_politeness.smallest_gap_seconds is 'Shortest time between two requests, in seconds; empty when there was only one.';
comment on column out_politeness.busiest_minute_count is 'Most requests within one minute of the clock.';
comment on column out_politeness.mean_elapsed_seconds is 'Mean time until an answer was complete, in seconds.';
comment on column out_politeness.robots_refused_count is 'Addresses that robots.txt kept us from asking for.';
comment on column out_politeness.rate_limited_count is 'Answers that asked us to slow down.';
comment on column out_politeness.server_error_count is 'Answers with a server error.';
comment on column out_politeness.first_captured_at is 'Time of the first request, UTC.';
comment on column out_politeness.last_captured_at is 'Time of the last request, UTC.';
