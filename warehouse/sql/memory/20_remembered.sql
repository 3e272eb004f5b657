-- One row per service and round whose rows later rounds are compared with, or show.
-- Grain: service_id, round_id.
create table core_remembered (
    service_id text not null,
    round_id   text not null
);

delete from core_service_rounds
where round_id < getvariable('round_id')
    and service_id in (select service_id from core_service_rounds where round_id = getvariable('round_id'));

delete from core_remembered;

insert into core_remembered by name
with compared as (
    select
        past.service_id,
        past.round_id,
        past.is_complete,
        row_number() over lives as age,
        row_number() over (
            partition by past.service_id, past.is_complete order by past.round_id desc
        ) as age_among_alike,
        row_number() over (partition by past.service_id, past.urls order by past.round_id desc) as age_of_pages,
        bool_or(past.is_complete) over (partition by past.service_id) as has_complete
    from core_service_values as past
    inner join core_service_rounds as rounds
        on past.service_id = rounds.service_id and past.life = rounds.gone_count
    window lives as (partition by past.service_id order by past.round_id desc)
)

select service_id, kept_round_id as round_id
from core_service_rounds
union
select service_id, last_seen_round as round_id
from core_service_rounds
union
select service_id, round_id
from compared
where age = 1
    or is_complete and age_among_alike = 1
    or not has_complete and age_of_pages = 1
order by service_id, round_id;

comment on table core_remembered is 'What the newest rows of each service rest on, and what the next ones will be compared with.';
comment on column core_remembered.service_id is 'The service.';
comment on column core_remembered.round_id is 'Round of the rows that are kept, YYYY-MM.';
