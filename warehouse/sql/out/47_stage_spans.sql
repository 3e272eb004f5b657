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
with steps as (
    select
        *,
        lag(state) over history as before_state,
        lag(stage) over history as before_stage
    from out_service_rounds
    window history as (partition by service_id order by round_id)
),

numbered as (
    select
        *,
        count(*) filter (
            where before_state is null
                or (state = 'gone') <> (before_state = 'gone')
                or stage is distinct from before_stage
        ) over (partition by service_id order by round_id) as span
    from steps
),

spans as (
    select
        service_id,
        country_id,
        stage,
        state = 'gone' as is_gone,
        span,
        min(round_id) as first_seen_round,
        coalesce(max(round_id) filter (where state = 'seen'), min(round_id)) as last_seen_round
    from numbered
    group by service_id, country_id, stage, is_gone, span
),

dated as (
    select
        spans.*,
        rounds.valid_from,
        lead(rounds.valid_from) over (partition by spans.service_id order by spans.span) as valid_to
    from spans
    inner join core_rounds as rounds
        on spans.country_id = rounds.country_id and spans.first_seen_round = rounds.round_id
)

select * exclude (is_gone, span)
from dated
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
