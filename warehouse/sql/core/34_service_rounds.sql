-- One row per service and round of its country, from the round in which it was first seen.
-- Grain: round_id, service_id.
-- A service is gone when one of its pages was looked at and spoke of it no more, or was not there, and
-- none of them failed to open or stands on a site that is silent. When nothing could be looked at, its last good row is kept; so it is in a
-- round that knows no service of the country at all, for then its understanding has not been concluded.
create table core_service_rounds (
    service_id        text      not null,
    round_id          text      not null,
    country_id        text      not null,
    state             text      not null check (state in ('seen', 'kept', 'gone')),
    kept_round_id     text      not null,
    attempts_since_ok bigint    not null,
    first_seen_round  text      not null,
    last_seen_round   text      not null,
    last_ok_at        timestamp,
    is_newest         boolean   not null
);

insert into core_service_rounds by name
with missed as (
    select
        service_rows.service_id,
        service_rows.country_id,
        rounds.round_id,
        service_rows.round_id as row_round_id
    from core_service_rows as service_rows
    inner join core_rounds as rounds
        on service_rows.country_id = rounds.country_id
        and rounds.round_id > service_rows.round_id
        and (service_rows.next_round_id is null or rounds.round_id < service_rows.next_round_id)
),

concluded as (
    select distinct country_id, round_id
    from core_services
),

absent as (
    select
        missed.service_id,
        missed.row_round_id,
        missed.round_id,
        bool_or(looks.is_observation or looks.outcome in ('gone', 'soft_404'))
            and not bool_or(
                not looks.is_observation and looks.outcome not in ('gone', 'soft_404')
            )
            and not bool_or(not voices.is_seen and service_pages.role <> 'list') as is_gone
    from missed
    inner join core_service_pages as service_pages
        on missed.service_id = service_pages.service_id and missed.row_round_id = service_pages.round_id
    left join core_looks as looks
        on missed.round_id = looks.round_id and service_pages.url = looks.url
    left join core_pages as pages
        on service_pages.round_id = pages.round_id and service_pages.page_id = pages.page_id
    left join core_site_voices as voices
        on missed.round_id = voices.round_id and pages.site_id = voices.site_id
    inner join concluded
        on missed.country_id = concluded.country_id and missed.round_id = concluded.round_id
    group by missed.service_id, missed.row_round_id, missed.round_id
),

gone as (
    select service_id, row_round_id, min(round_id) as gone_round_id
    from absent
    where is_gone
    group by service_id, row_round_id
),

dense as (
    select
        service_rows.service_id,
        service_rows.country_id,
        service_rows.round_id,
        if(service_rows.kept_round_id = service_rows.round_id, 'seen', 'kept') as state,
        service_rows.kept_round_id,
        service_rows.site_id,
        service_rows.round_id as row_round_id,
        service_rows.seen_at
    from core_service_rows as service_rows
    union all by name
    select
        missed.service_id,
        service_rows.country_id,
        missed.round_id,
        if(missed.round_id = gone.gone_round_id, 'gone', 'kept') as state,
        service_rows.kept_round_id,
        service_rows.site_id,
        missed.row_round_id,
        service_rows.seen_at
    from missed
    inner join core_service_rows as service_rows
        on missed.service_id = service_rows.service_id and missed.row_round_id = service_rows.round_id
    left join gone
        on missed.service_id = gone.service_id and missed.row_round_id = gone.row_round_id
    where gone.gone_round_id is null or missed.round_id <= gone.gone_round_id
)

select
    dense.service_id,
    dense.round_id,
    dense.country_id,
    dense.state,
    dense.kept_round_id,
    count(site_rounds.site_id) filter (where dense.state = 'kept') over (
        partition by dense.service_id, dense.kept_round_id order by dense.round_id
    ) as attempts_since_ok,
    min(dense.row_round_id) over (partition by dense.service_id) as first_seen_round,
    dense.row_round_id as last_seen_round,
    max(dense.seen_at) over (partition by dense.service_id order by dense.round_id) as last_ok_at,
    rounds.is_newest
from dense
inner join core_rounds as rounds
    on dense.country_id = rounds.country_id and dense.round_id = rounds.round_id
left join core_site_rounds as site_rounds
    on dense.round_id = site_rounds.round_id and dense.site_id = site_rounds.site_id
order by dense.round_id, dense.service_id;

comment on table core_service_rounds is 'What is known of each service as of each round.';
comment on column core_service_rounds.service_id is 'The service.';
comment on column core_service_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_rounds.country_id is 'Country of the round.';
comment on column core_service_rounds.state is 'seen in this round; kept from an earlier one because it could not be looked at; or gone.';
comment on column core_service_rounds.kept_round_id is 'Round whose row counts.';
comment on column core_service_rounds.attempts_since_ok is 'Rounds since then in which its site was asked in vain.';
comment on column core_service_rounds.first_seen_round is 'Round in which it was first seen.';
comment on column core_service_rounds.last_seen_round is 'Last round, up to this one, in which pages spoke of it.';
comment on column core_service_rounds.last_ok_at is 'Last time that one of its pages was seen, UTC.';
comment on column core_service_rounds.is_newest is 'Whether this is the newest round of the country.';
