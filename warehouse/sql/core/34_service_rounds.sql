-- One row per service and round of its country, from the round in which it was first seen.
-- Grain: round_id, service_id.
-- A service is gone when one of its pages was looked at and spoke of it no more, or was not there, and
-- none of them failed to open or stands on a site that is silent. A page that was not there must have been
-- asked for as often as the crawler's `gone_asks` says, in one round or in several on end; 410 is enough. When nothing could be looked at, its last
-- good row is kept; so it is in a round that knows no service of the country at all, for then its
-- understanding has not been concluded. Each row follows from the one before and from what its round saw.
create table core_service_rounds (
    service_id        text    not null,
    round_id          text    not null,
    country_id        text    not null,
    state             text    not null check (state in ('seen', 'kept', 'gone')),
    kept_round_id     text    not null,
    attempts_since_ok bigint  not null,
    absent_asks       bigint  not null,
    gone_count        bigint  not null,
    first_seen_round  text    not null,
    last_seen_round   text    not null,
    last_ok_at        timestamp
);

insert into core_service_rounds by name
with earlier as (
    select *
    from core_service_rounds
    qualify row_number() over (partition by service_id order by round_id desc) = 1
),

spoken as (
    select service_rows.*
    from core_service_rows as service_rows
    inner join core_rounds using (country_id, round_id)
    where round_id = getvariable('round_id')
),

missed as (
    select earlier.*
    from earlier
    inner join core_rounds as rounds
        on earlier.country_id = rounds.country_id and rounds.round_id = getvariable('round_id')
    anti join spoken
        on earlier.service_id = spoken.service_id
    where earlier.state <> 'gone'
),

looks as (
    select url, is_observation, outcome in ('gone', 'soft_404') as is_absent, absent_asks, is_final
    from core_looks
    where round_id = getvariable('round_id')
),

silent as (
    select site_id
    from core_site_voices
    where round_id = getvariable('round_id') and not is_seen
),

-- Looked for and not found. `asks`: how often the page was that was asked for least; empty where that says enough.
absent as (
    select
        missed.service_id,
        min(looks.absent_asks) filter (where looks.is_absent and not looks.is_final) as asks
    from missed
    inner join core_service_pages as service_pages
        on missed.service_id = service_pages.service_id and missed.last_seen_round = service_pages.round_id
    left join looks using (url)
    left join core_pages as pages
        on service_pages.round_id = pages.round_id and service_pages.page_id = pages.page_id
    left join silent using (site_id)
    where missed.country_id in (select country_id from core_services where round_id = getvariable('round_id'))
    group by missed.service_id
    having bool_or(looks.is_observation or looks.is_absent)
        and not bool_or(not looks.is_observation and not looks.is_absent)
        and not bool_or(silent.site_id is not null and service_pages.role <> 'list')
),

gone as (
    select missed.service_id
    from missed
    inner join absent
        on missed.service_id = absent.service_id
    left join codes_crawler_settings as settings
        on missed.country_id = settings.country_id and settings.setting = 'gone_asks'
    where absent.asks is null or missed.absent_asks + absent.asks >= cast(settings.value as bigint)
),

known as (
    select
        spoken.service_id,
        spoken.country_id,
        spoken.site_id,
        if(spoken.kept_round_id = getvariable('round_id'), 'seen', 'kept') as state,
        spoken.kept_round_id,
        getvariable('round_id') as last_seen_round,
        spoken.seen_at
    from spoken
    union all by name
    select
        missed.service_id,
        missed.country_id,
        service_rows.site_id,
        if(gone.service_id is null, 'kept', 'gone') as state,
        missed.kept_round_id,
        missed.last_seen_round
    from missed
    inner join core_service_rows as service_rows
        on missed.service_id = service_rows.service_id and missed.last_seen_round = service_rows.round_id
    left join gone
        on missed.service_id = gone.service_id
)

select
    known.service_id,
    getvariable('round_id') as round_id,
    known.country_id,
    known.state,
    known.kept_round_id,
    if(known.state = 'seen', 0, earlier.attempts_since_ok)
    + cast(known.state = 'kept' and tried.site_id is not null as integer) as attempts_since_ok,
    if(known.last_seen_round = getvariable('round_id'), 0, earlier.absent_asks + coalesce(absent.asks, 0)) as absent_asks,
    coalesce(earlier.gone_count, 0) + cast(known.state = 'gone' as integer) as gone_count,
    coalesce(earlier.first_seen_round, getvariable('round_id')) as first_seen_round,
    known.last_seen_round,
    greatest(earlier.last_ok_at, known.seen_at) as last_ok_at
from known
left join earlier using (service_id)
left join absent using (service_id)
left join core_site_rounds as tried
    on known.site_id = tried.site_id and tried.round_id = getvariable('round_id')
order by known.service_id;

comment on table core_service_rounds is 'What is known of each service as of a round.';
comment on column core_service_rounds.service_id is 'The service.';
comment on column core_service_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_rounds.country_id is 'Country of the round.';
comment on column core_service_rounds.state is 'seen in this round; kept from an earlier one because it could not be looked at; or gone.';
comment on column core_service_rounds.kept_round_id is 'Round whose row counts.';
comment on column core_service_rounds.attempts_since_ok is 'Rounds since then in which its site was asked in vain.';
comment on column core_service_rounds.absent_asks is 'How many times, since pages last spoke of it, it was asked for and its page was not there.';
comment on column core_service_rounds.gone_count is 'How many times it has been gone, up to this round.';
comment on column core_service_rounds.first_seen_round is 'Round in which it was first seen.';
comment on column core_service_rounds.last_seen_round is 'Last round, up to this one, in which pages spoke of it.';
comment on column core_service_rounds.last_ok_at is 'Last time that one of its pages was seen, UTC.';
