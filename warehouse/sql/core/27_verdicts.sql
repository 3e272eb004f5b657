-- One row per service and round: how far it has gone online, and what proves it.
-- Grain: round_id, service_id.
create table core_verdicts (
    service_id     text   not null,
    country_id     text   not null,
    round_id       text   not null,
    stage          utinyint check (stage between 1 and 4),
    reason         text   not null,
    confidence     double not null check (confidence between 0 and 1),
    rubric_version text   not null,
    finding_ids    text[] not null,
    missing        text[] not null,
    ways           struct(rule_id text, stage utinyint, needed_count bigint, indicators text[])[] not null
);

insert into core_verdicts by name
select *
from source.core_verdicts
order by round_id, service_id;

comment on table core_verdicts is 'Stage of each service in each round, with the findings that prove it.';
comment on column core_verdicts.service_id is 'The service.';
comment on column core_verdicts.country_id is 'Country whose round this was.';
comment on column core_verdicts.round_id is 'Month of the round, YYYY-MM.';
comment on column core_verdicts.stage is 'Stage, 1 to 4; empty when undetermined.';
comment on column core_verdicts.reason is 'Rule that gave the stage, or why there is none: an id of stages.yml.';
comment on column core_verdicts.confidence is 'How sure the stage is, 0 to 1.';
comment on column core_verdicts.rubric_version is 'Version of the rules that judged it.';
comment on column core_verdicts.finding_ids is 'Findings that prove the stage, best first.';
comment on column core_verdicts.missing is 'Indicators of which any one alone would prove the next stage.';
comment on column core_verdicts.ways is 'All ways to the next stage: a rule, and how many of which indicators it takes.';
