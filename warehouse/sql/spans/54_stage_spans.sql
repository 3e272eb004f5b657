-- One row per service and run of rounds in which it stood at one stage.
-- Grain: service_id, first_seen_round.
create table core_stage_spans (
    service_id       text not null,
    country_id       text not null,
    stage            utinyint check (stage between 1 and 4),
    first_seen_round text not null,
    last_seen_round  text not null,
    valid_from       date not null,
    valid_to         date,
    is_gone          boolean not null
);

update core_stage_spans as spans
set valid_to = rounds.valid_from
from out_service_rounds as known
inner join core_rounds as rounds using (country_id, round_id)
where known.round_id = getvariable('round_id')
    and spans.valid_to is null
    and spans.service_id = known.service_id
    and (spans.is_gone <> (known.state = 'gone') or spans.stage is distinct from known.stage);

update core_stage_spans as spans
set last_seen_round = known.round_id
from out_service_rounds as known
where known.round_id = getvariable('round_id')
    and known.state = 'seen'
    and spans.valid_to is null
    and spans.service_id = known.service_id;

insert into core_stage_spans by name
select
    known.service_id,
    known.country_id,
    known.stage,
    known.round_id as first_seen_round,
    known.round_id as last_seen_round,
    rounds.valid_from,
    known.state = 'gone' as is_gone
from out_service_rounds as known
inner join core_rounds as rounds using (country_id, round_id)
anti join (
    select service_id
    from core_stage_spans
    where valid_to is null
) as spans using (service_id)
where round_id = getvariable('round_id')
order by service_id;

comment on table core_stage_spans is 'Since when and until when each service stood at each stage.';
comment on column core_stage_spans.service_id is 'The service.';
comment on column core_stage_spans.country_id is 'Country it belongs to.';
comment on column core_stage_spans.stage is 'Stage, 1 to 4; empty when undetermined.';
comment on column core_stage_spans.first_seen_round is 'Round in which it was first seen so.';
comment on column core_stage_spans.last_seen_round is 'Last round in which it was seen so.';
comment on column core_stage_spans.valid_from is 'Day from which it was known so.';
comment on column core_stage_spans.valid_to is 'Day from which it was known otherwise, or gone; empty while it holds.';
comment on column core_stage_spans.is_gone is 'Whether it was gone then.';
