-- One row per address that was considered and not asked for.
-- Grain: round_id, site_id, seq.
create table raw_refusals (
    country_id   text      not null,
    round_id     text      not null check (regexp_full_match(round_id, '\d{4}-\d{2}')),
    site_id      text      not null,
    seq          bigint    not null check (seq >= 0),
    url          text      not null,
    referrer_url text,
    rule         text      not null,
    detail       text,
    refused_at   timestamp not null
);

insert into raw_refusals by name
select *
from source.raw_refusals
order by round_id, site_id, seq;

comment on table raw_refusals is 'Every address that was considered in a round and not asked for.';
comment on column raw_refusals.country_id is 'Country whose round this was.';
comment on column raw_refusals.round_id is 'Month of the round, YYYY-MM.';
comment on column raw_refusals.site_id is 'Site that was visited.';
comment on column raw_refusals.seq is 'Number of the refusal within the site''s round, from 0.';
comment on column raw_refusals.url is 'The address, shortened where it is longer than any that we ask for.';
comment on column raw_refusals.referrer_url is 'Page whose link named it.';
comment on column raw_refusals.rule is 'The rule that kept us from asking: one of codes_rules.';
comment on column raw_refusals.detail is 'What the rule met, in words.';
comment on column raw_refusals.refused_at is 'When it was decided, UTC.';
