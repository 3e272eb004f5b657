-- One row per address that did not let us look: the last attempt.
-- Grain: capture_id.
create table out_failures (
    capture_id     text not null,
    round_id       text not null,
    country_id     text not null,
    site_id        text not null,
    url            text not null,
    captured_at    timestamp not null,
    outcome        text not null,
    outcome_detail text,
    http_status    integer,
    fault          text not null,
    can_retry      boolean,
    advice_ky      text,
    advice_ru      text,
    advice_en      text
);

insert into out_failures by name
select
    looks.capture_id,
    looks.round_id,
    looks.country_id,
    looks.site_id,
    looks.url,
    looks.captured_at,
    looks.outcome,
    masked(looks.outcome_detail) as outcome_detail,
    looks.http_status,
    looks.fault,
    outcomes.can_retry,
    nullif(outcomes.advice_ky, '') as advice_ky,
    nullif(outcomes.advice_ru, '') as advice_ru,
    nullif(outcomes.advice_en, '') as advice_en
from core_looks as looks
left join codes_outcomes as outcomes
    on looks.outcome = outcomes.outcome
where looks.round_id = getvariable('round_id') and not looks.is_observation
order by looks.capture_id;

comment on table out_failures is 'Addresses that let us see nothing, why, and what can be done about it.';
comment on column out_failures.capture_id is 'The last request for it.';
comment on column out_failures.round_id is 'Month of the round, YYYY-MM.';
comment on column out_failures.country_id is 'Country of the round.';
comment on column out_failures.site_id is 'Site that was asked.';
comment on column out_failures.url is 'Address that was asked for.';
comment on column out_failures.captured_at is 'When it was asked, UTC.';
comment on column out_failures.outcome is 'What came of it.';
comment on column out_failures.outcome_detail is 'The rule or the error, in words.';
comment on column out_failures.http_status is 'HTTP status; empty when there was no answer.';
comment on column out_failures.fault is 'Who can do something about it: nobody, site, network or us.';
comment on column out_failures.can_retry is 'Whether asking again later can help.';
comment on column out_failures.advice_ky is 'What can be done about it, in Kyrgyz.';
comment on column out_failures.advice_ru is 'What can be done about it, in Russian.';
comment on column out_failures.advice_en is 'What can be done about it, in English.';
