-- One row per finding that counts for a service: those that prove its stage, and all others on pages of its own.
-- Grain: round_id, service_id, finding_id. What a list of services shows belongs to no one service.
create table core_evidence (
    service_id   text    not null,
    round_id     text    not null,
    finding_id   text    not null,
    indicator_id text    not null,
    proof_rank   integer
);

insert into core_evidence by name
with proofs as (
    select
        service_id,
        round_id,
        unnest(finding_ids) as finding_id,
        generate_subscripts(finding_ids, 1) as proof_rank
    from core_verdicts
    where round_id = getvariable('round_id')
),

counted as (
    select service_id, round_id, finding_id, min(proof_rank) as proof_rank
    from proofs
    group by service_id, round_id, finding_id
    union all by name
    select service_pages.service_id, service_pages.round_id, findings.finding_id
    from core_service_pages as service_pages
    inner join core_findings as findings using (round_id, page_id)
    inner join codes_indicators as indicators using (indicator_id) -- openness says nothing of a service,
    where service_pages.round_id = getvariable('round_id')
    and indicators.level = 'page' -- and neither does what is asked of a site
    and findings.strength = 'direct' and service_pages.role <> 'list'
)

select
    counted.service_id,
    counted.round_id,
    counted.finding_id,
    min(findings.indicator_id) as indicator_id,
    min(counted.proof_rank) as proof_rank
from counted
inner join core_findings as findings using (round_id, finding_id)
group by counted.service_id, counted.round_id, counted.finding_id
order by counted.service_id, counted.finding_id;

comment on table core_evidence is 'Findings that count for each service in each round.';
comment on column core_evidence.service_id is 'The service.';
comment on column core_evidence.round_id is 'Month of the round, YYYY-MM.';
comment on column core_evidence.finding_id is 'The finding.';
comment on column core_evidence.indicator_id is 'Indicator that it shows.';
comment on column core_evidence.proof_rank is 'Place among the findings that prove the stage, 1 the best; empty for the others.';
