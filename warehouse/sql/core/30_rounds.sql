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
select
    country_id,
    round_id,
    row_number() over rounds as round_number,
    lag(round_id) over rounds as previous_round_id,
    lead(round_id) over rounds is null as is_newest,
    min(captured_at) as first_captured_at,
    max(captured_at) as last_captured_at,
    -- Rounds that were imported or made up on one day still follow one another: a round's day lies in its month.
    greatest(
        cast(round_id || '-01' as date),
        least(cast(max(captured_at) as date), last_day(cast(round_id || '-01' as date)))
    ) as valid_from
from raw_captures
where outcome <> 'not_due'  -- no request: its time is that of an earlier look
group by country_id, round_id
window rounds as (partition by country_id order by round_id)
order by country_id, round_id;

comment on table core_rounds is 'Rounds of each country, in their order.';
comment on column core_rounds.country_id is 'The country.';
comment on column core_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_rounds.round_number is 'Number of the round within the country, from 1.';
comment on column core_rounds.previous_round_id is 'The round before; empty for the first.';
comment on column core_rounds.is_newest is 'Whether it is the newest round of the country.';
comment on column core_rounds.first_captured_at is 'Time of its first request, UTC.';
comment on column core_rounds.last_captured_at is 'Time of its last request, UTC.';
comment on column core_rounds.valid_from is 'Day from which its rows are what is known: that of its last request, or the nearest day of its month.';
