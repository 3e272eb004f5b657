-- One row per service and round: its name and what its pages state, by field and language.
-- Grain: round_id, service_id.
create table core_service_words (
    service_id text not null,
    round_id   text not null,
    words      map(text, map(text, text)) not null
);

insert into core_service_words by name
with said as (
    select service_id, 'name' as field, language, min(name) as value
    from core_service_names
    where round_id = getvariable('round_id')
    group by service_id, language
    union all by name
    select service_id, fact as field, language, string_agg(distinct value, '; ' order by value) as value
    from core_service_facts
    where round_id = getvariable('round_id') and fact not in ('fee', 'processing_time')  -- numbers: fields of the service
    group by service_id, fact, language
),

-- A list is sorted by its first part; to sort while it is gathered takes twice as long.
said_in as (
    select service_id, field, map_from_entries(list_sort(list((language, value)))) as words
    from said
    group by service_id, field
)

select service_id, getvariable('round_id') as round_id, map_from_entries(list_sort(list((field, words)))) as words
from said_in
group by service_id
order by service_id;

comment on table core_service_words is 'The name and the facts of each service, in the words of its pages.';
comment on column core_service_words.service_id is 'The service.';
comment on column core_service_words.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_words.words is 'Field, then language, then the words.';
