-- One row per country and round.
-- Grain: country_id, round_id.
create table core_rounds (
    country_id        text      not null,
    round_id          text      not null,
    round_number      integer   not null,
    previous_round_id text,
    is_newest         boolean   not null,
    first_captured_at timestamp not null,
    last_captured_at  timestamp not null,
    valid_from        date      not null
);

insert into core_rounds by name
with days as (
    select country_id, min(captured_at) as first_captured_at, max(captured_at) as last_captured_at
    from raw_captures
    where round_id = getvariable('round_id')
        and outcome <> 'not_due'  -- no request: its time is that of an earlier look
    group by country_id
)

select
    days.country_id,
    getvariable('round_id') as round_id,
    coalesce(earlier.round_number, 0) + 1 as round_number,
    earlier.round_id as previous_round_id,
    true as is_newest,
    days.first_captured_at,
    days.last_captured_at,
    -- Rounds that were imported or made up on one day still follow one another: a round's day lies in its month.
    greatest(
        cast(getvariable('round_id') || '-01' as date),
        least(cast(days.last_captured_at as date), last_day(cast(getvariable('round_id') || '-01' as date)))
    ) as valid_from
from days
left join core_rounds as earlier
    on days.country_id = earlier.country_id and earlier.is_newest
order by days.country_id;

update core_rounds
set is_newest = false
where round_id < getvariable('round_id')
    and country_id in (select country_id from core_rounds where round_id = getvariable('round_id'));

comment on table core_rounds is 'Rounds of each country, in their order.';
comment on column core_rounds.country_id is 'The country.';
comment on column core_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_rounds.round_number is 'Number of the round within the country, from 1.';
comment on column core_rounds.previous_round_id is 'The round before; empty for the first.';
comment on column core_rounds.is_newest is 'Whether it is the newest round of the country.';
comment on column core_rounds.first_captured_at is 'Time of its first request, UTC.';
comment on column core_rounds.last_captured_at is 'Time of its last request, UTC.';
comment on column core_rounds.valid_from is 'Day from which its rows are what is known: that of its last request, or the nearest day of its month.';
