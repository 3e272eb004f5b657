-- One row per service and indicator of a page: met, missing or not observed.
-- Grain: service_id, indicator_id.
create table out_service_criteria (
    service_id   text not null,
    indicator_id text not null,
    stage        utinyint not null check (stage between 1 and 4),
    state        text not null check (state in ('met', 'missing', 'not_observed')),
    is_proof     boolean not null,
    would_lift   boolean not null,
    finding_id   text
);

insert into out_service_criteria by name
with met as (
    select
        service_id,
        round_id,
        indicator_id,
        arg_min(finding_id, (coalesce(proof_rank, 1000000), finding_id)) as finding_id,
        count(proof_rank) > 0 as is_proof
    from core_evidence
    group by service_id, round_id, indicator_id
),

-- Joined first and sorted then: what does both at once needs twice the memory.
joined as materialized (
    select
        services.service_id,
        indicators.indicator_id,
        indicators.stage,
        case
            when met.finding_id is not null then 'met'
            when services.unseen_count > 0 or services.is_stale then 'not_observed'
            else 'missing'
        end as state,
        coalesce(met.is_proof, false) as is_proof,
        list_contains(services.missing, indicators.indicator_id) as would_lift,
        met.finding_id
    from out_services as services
    inner join core_known_services as rounds
        on services.service_id = rounds.service_id
    cross join codes_indicators as indicators
    left join met
        on services.service_id = met.service_id
        and rounds.kept_round_id = met.round_id
        and indicators.indicator_id = met.indicator_id
    where indicators.level = 'page'
)

select *
from joined
order by service_id, stage, indicator_id;

comment on table out_service_criteria is 'For each service, which indicators its pages show. Missing is said only where every page of the service was seen.';
comment on column out_service_criteria.service_id is 'The service.';
comment on column out_service_criteria.indicator_id is 'The indicator.';
comment on column out_service_criteria.stage is 'Stage that the indicator is evidence for, 1 to 4.';
comment on column out_service_criteria.state is 'met; missing, when all its pages were seen without it; or not_observed, when some could not be looked at.';
comment on column out_service_criteria.is_proof is 'Whether the stage of the service rests on it.';
comment on column out_service_criteria.would_lift is 'Whether it alone would prove the next stage; what it takes together with others is in out_service_ways.';
comment on column out_service_criteria.finding_id is 'Best finding that shows it; empty when not met.';
