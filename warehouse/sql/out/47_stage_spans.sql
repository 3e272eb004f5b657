-- One row per service and run of rounds in which it stood at one stage.
-- Grain: service_id, first_seen_round.
create table out_stage_spans (
    service_id       text not null,
    country_id       text not null,
    stage            utinyint check (stage between 1 and 4),
    first_seen_round text not null,
    last_seen_round  text not null,
    valid_from       date not null,
    valid_to         date,
    primary key (service_id, first_seen_round)
);

insert into out_stage_spans by name
select * exclude (is_gone)
from core_stage_spans
where not is_gone
order by service_id, first_seen_round;

comment on table out_stage_spans is 'Since when and until when each service stood at each stage.';
comment on column out_stage_spans.service_id is 'The service.';
comment on column out_stage_spans.country_id is 'Country it belongs to.';
comment on column out_stage_spans.stage is 'Stage, 1 to 4; empty when undetermined.';
comment on column out_stage_spans.first_seen_round is 'Round in which it was first seen so.';
comment on column out_stage_spans.last_seen_round is 'Last round in which it was seen so.';
comment on column out_stage_spans.valid_from is 'Day from which it was known so.';
comment on column out_stage_spans.valid_to is 'Day from which it was known otherwise, or gone; empty while it holds.';
