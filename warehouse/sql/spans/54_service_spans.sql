-- One row per service and run of rounds in which it was there: two, where it was gone and came back.
-- Grain: service_id, first_seen_round.
create table core_service_spans (
    service_id       text not null,
    country_id       text not null,
    name             text not null,
    first_seen_round text not null,
    last_seen_round  text not null,
    gone_round       text,
    valid_from       date not null,
    valid_to         date
);

update core_service_spans as spans
set
    name = known.name,
    last_seen_round = if(known.state = 'seen', known.round_id, spans.last_seen_round),
    gone_round = if(known.state = 'gone', known.round_id, null),
    valid_to = if(known.state = 'gone', rounds.valid_from, null)
from out_service_rounds as known
inner join core_rounds as rounds using (country_id, round_id)
where known.round_id = getvariable('round_id')
    and spans.gone_round is null
    and spans.service_id = known.service_id;

insert into core_service_spans by name
select
    known.service_id,
    known.country_id,
    known.name,
    known.round_id as first_seen_round,
    known.round_id as last_seen_round,
    rounds.valid_from
from out_service_rounds as known
inner join core_rounds as rounds using (country_id, round_id)
anti join (
    select service_id
    from core_service_spans
    where gone_round is null or gone_round = getvariable('round_id')
) as spans using (service_id)
where round_id = getvariable('round_id')
order by service_id;

comment on table core_service_spans is 'Since when and until when each service was there, also those that are gone.';
comment on column core_service_spans.service_id is 'The service.';
comment on column core_service_spans.country_id is 'Country it belongs to.';
comment on column core_service_spans.name is 'Its last name, in the words of the page.';
comment on column core_service_spans.first_seen_round is 'Round in which it was first seen so.';
comment on column core_service_spans.last_seen_round is 'Last round in which it was seen so.';
comment on column core_service_spans.gone_round is 'Round that looked for it and found it gone; empty while it is there.';
comment on column core_service_spans.valid_from is 'Day from which it was known so.';
comment on column core_service_spans.valid_to is 'Day from which it was known otherwise, or gone; empty while it holds.';
