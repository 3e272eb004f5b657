-- One row per address that a visit over the web came to, with the rule that let us ask, or did not.
-- Grain: capture_id.
create table core_requests (
    capture_id      text      not null,
    country_id      text      not null,
    round_id        text      not null,
    site_id         text      not null,
    seq             bigint    not null,
    url             text      not null,
    host            text      not null,
    captured_at     timestamp not null,
    outcome         text      not null,
    outcome_detail  text,
    is_sent         boolean   not null,
    rule            text      not null,
    robots_rule     text,
    delay_seconds   double    not null,
    byte_count      bigint    not null,
    wire_byte_count bigint,
    elapsed_seconds double    not null,
    tls_fault       text
);

insert into core_requests by name
-- What was never sent has disturbed nobody. A redirect that led to no good place was sent all the same.
with judged as (
    select
        *,
        case
            when outcome = 'opted_out' then 'opt_out'
            when outcome = 'crawler_failed' then 'interrupted'
            when http_status is null and starts_with(robots_rule, 'robots.txt: ') then 'robots_unreachable'
            when outcome = 'robots_disallowed' then 'robots'
            when outcome = 'not_due' then 'not_due'
            when outcome = 'policy_refused' and http_status is null then 'private_address'
        end as refused_by
    from raw_captures
    where round_id = getvariable('round_id') and source = 'web' and render_mode = 'wire'
)

select
    capture_id,
    country_id,
    round_id,
    site_id,
    seq,
    url,
    lower(regexp_extract(url, '^[a-z][a-z0-9+.-]*://([^/?#]+)', 1, 'i')) as host,
    captured_at,
    outcome,
    outcome_detail,
    refused_by is null as is_sent,
    coalesce(refused_by, if(robots_rule is null, 'nothing_against', 'robots_line')) as rule,
    robots_rule,
    delay_seconds,
    if(refused_by is not null or http_status = 304, 0, byte_count) as byte_count,
    wire_byte_count,
    elapsed_seconds,
    tls_fault
from judged
order by round_id, site_id, seq;

comment on table core_requests is 'Addresses that visits over the web came to, each with the rule that let us ask, or did not.';
comment on column core_requests.capture_id is 'The row of raw_captures.';
comment on column core_requests.country_id is 'Country whose round this was.';
comment on column core_requests.round_id is 'Month of the round, YYYY-MM.';
comment on column core_requests.site_id is 'Site that was visited.';
comment on column core_requests.seq is 'Number within the site''s round, from 0.';
comment on column core_requests.url is 'The address.';
comment on column core_requests.host is 'Its host, with the port where it has one.';
comment on column core_requests.captured_at is 'When it was asked for, or not, UTC.';
comment on column core_requests.outcome is 'What came of it.';
comment on column core_requests.outcome_detail is 'The rule or the error, in words.';
comment on column core_requests.is_sent is 'Whether a request was sent.';
comment on column core_requests.rule is 'The rule: one of codes_rules.';
comment on column core_requests.robots_rule is 'The line of robots.txt that matched.';
comment on column core_requests.delay_seconds is 'Pause promised to the host at the time, in seconds.';
comment on column core_requests.byte_count is 'Bytes received, after decoding.';
comment on column core_requests.wire_byte_count is 'Bytes received, as they came over the wire.';
comment on column core_requests.elapsed_seconds is 'Seconds until the answer was complete.';
comment on column core_requests.tls_fault is 'What was wrong with the certificate or the encryption.';
