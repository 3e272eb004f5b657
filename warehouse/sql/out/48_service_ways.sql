-- One row per service, way to its next stage, and indicator that is missing on that way.
-- Grain: service_id, rule_id, indicator_id.
create table out_service_ways (
    service_id   text     not null,
    rule_id      text     not null,
    stage        utinyint not null check (stage between 1 and 4),
    needed_count bigint   not null check (needed_count > 0),
    indicator_id text     not null
);

insert into out_service_ways by name
with ways as (
    select verdicts.service_id, unnest(verdicts.ways) as way
    from core_verdicts as verdicts
    inner join core_known_services as rounds
        on verdicts.service_id = rounds.service_id and verdicts.round_id = rounds.kept_round_id
    inner join out_services as services
        on verdicts.service_id = services.service_id
)

select
    service_id,
    way.rule_id as rule_id,
    way.stage as stage,
    way.needed_count as needed_count,
    indicators.indicator_id
from ways
cross join unnest(way.indicators) as indicators (indicator_id)
order by service_id, rule_id, indicator_id;

comment on table out_service_ways is 'What it takes to bring each service to its next stage: on each way, how many of which indicators together.';
comment on column out_service_ways.service_id is 'The service.';
comment on column out_service_ways.rule_id is 'Rule that would then hold; each rule is one way.';
comment on column out_service_ways.stage is 'Stage that the service would have, 2 to 4.';
comment on column out_service_ways.needed_count is 'How many of the indicators of this way it takes together; 1: any one of them is enough.';
comment on column out_service_ways.indicator_id is 'An indicator that was not found and counts on this way.';
