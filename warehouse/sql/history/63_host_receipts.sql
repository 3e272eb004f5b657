-- The receipt: one row per host and round that was visited over the web.
-- Grain: round_id, host.
create table out_host_receipts (
    round_id                 text   not null,
    host                     text   not null,
    request_count            bigint not null,
    byte_count               bigint not null,
    wire_byte_count          bigint,
    delay_seconds            double not null,
    smallest_gap_seconds     double,
    hurried_count            bigint not null,
    busiest_minute_count     bigint not null,
    mean_elapsed_seconds     double not null,
    robots_outcome           text,
    robots_text              text,
    tls_faults               text,
    robots_refused_count     bigint not null,
    other_refused_count      bigint not null,
    rate_limited_count       bigint not null,
    server_error_count       bigint not null,
    first_captured_at        timestamp not null,
    last_captured_at         timestamp not null
);

insert into out_host_receipts by name
-- Times are added up as whole milliseconds: a sum of fractions depends on the order of adding.
with asked as (
    select
        *,
        cast(round(1000 * elapsed_seconds) as bigint) as elapsed_milliseconds,
        rule in ('robots', 'robots_unreachable') as is_barred
    from core_requests
    where round_id = getvariable('round_id') and rule <> 'not_due'
),

-- The pause before a request is that promised by then: robots.txt may lengthen it, and so may the host.
gaps as (
    select
        *,
        epoch(captured_at - lag(captured_at) over requests) as gap_seconds,
        least(delay_seconds, lag(delay_seconds) over requests) as promised_seconds,
        count(*) over (partition by round_id, host, is_sent, date_trunc('minute', captured_at)) as minute_count
    from asked
    window requests as (partition by round_id, host, is_sent order by captured_at, seq)
),

-- Addresses of the host that never came to their turn, those of other hosts' sites apart.
refused as (
    select round_id, host, count(*) as refused_count
    from out_politeness
    where round_id = getvariable('round_id')
        and decision = 'refused'
        and rule not in ('robots', 'robots_unreachable', 'off_site', 'not_due')
    group by round_id, host
),

robots as (
    select
        robots.round_id,
        requests.host,
        robots.outcome,
        masked(robots.text) as text
    from core_robots as robots
    inner join core_requests as requests using (capture_id, round_id)
    where round_id = getvariable('round_id')
    qualify row_number() over (
        partition by robots.round_id, requests.host
        order by robots.text is not null desc, robots.captured_at desc, robots.capture_id
    ) = 1
),

summed as (
    select
        round_id,
        host,
        count(*) filter (where is_sent) as request_count,
        sum(byte_count) as byte_count,
        sum(wire_byte_count) as wire_byte_count,
        max(delay_seconds) as delay_seconds,
        min(gap_seconds) filter (where is_sent) as smallest_gap_seconds,
        count(*) filter (where is_sent and gap_seconds < 0.9 * promised_seconds) as hurried_count,
        coalesce(max(minute_count) filter (where is_sent), 0) as busiest_minute_count,
        sum(elapsed_milliseconds) / count(*) / 1000 as mean_elapsed_seconds,
        string_agg(distinct tls_fault, '; ' order by tls_fault) as tls_faults,
        count(*) filter (where is_barred) as robots_refused_count,
        count(*) filter (where outcome = 'rate_limited') as rate_limited_count,
        count(*) filter (where outcome = 'unreachable_http_5xx') as server_error_count,
        min(captured_at) as first_captured_at,
        max(captured_at) as last_captured_at
    from gaps
    group by round_id, host
)

select
    summed.*,
    robots.outcome as robots_outcome,
    robots.text as robots_text,
    coalesce(refused.refused_count, 0) as other_refused_count
from summed
left join robots using (round_id, host)
left join refused using (round_id, host)
order by summed.round_id, summed.host;

comment on table out_host_receipts is 'The receipt of each host: requests, bytes, pauses, its robots.txt as it was obeyed, and how often it said no.';
comment on column out_host_receipts.round_id is 'Month of the round, YYYY-MM.';
comment on column out_host_receipts.host is 'The host, with the port where it has one.';
comment on column out_host_receipts.request_count is 'Requests made.';
comment on column out_host_receipts.byte_count is 'Bytes received, after decoding.';
comment on column out_host_receipts.wire_byte_count is 'Bytes received, as they came over the wire; empty where nobody counted.';
comment on column out_host_receipts.delay_seconds is 'Longest pause that was promised between requests, in seconds.';
comment on column out_host_receipts.smallest_gap_seconds is 'Shortest time between two requests, in seconds; empty when there was only one.';
comment on column out_host_receipts.hurried_count is 'Requests that came sooner than the pause promised at the time.';
comment on column out_host_receipts.busiest_minute_count is 'Most requests within one minute of the clock.';
comment on column out_host_receipts.mean_elapsed_seconds is 'Mean time until an answer was complete, in seconds.';
comment on column out_host_receipts.robots_outcome is 'What came of the last request for its robots.txt: one of out_outcomes; empty where none was made.';
comment on column out_host_receipts.robots_text is 'Its robots.txt as it was last read in the round; empty where there was none to read.';
comment on column out_host_receipts.tls_faults is 'What was wrong with its certificate or encryption; empty where nothing was.';
comment on column out_host_receipts.robots_refused_count is 'Addresses that robots.txt kept us from asking for.';
comment on column out_host_receipts.other_refused_count is 'Addresses that other rules kept us from asking for; out_politeness says which.';
comment on column out_host_receipts.rate_limited_count is 'Answers that asked us to slow down.';
comment on column out_host_receipts.server_error_count is 'Answers with a server error.';
comment on column out_host_receipts.first_captured_at is 'Time of the first request, UTC.';
comment on column out_host_receipts.last_captured_at is 'Time of the last request, UTC.';
