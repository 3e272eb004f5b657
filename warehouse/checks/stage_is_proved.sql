-- The words that prove a stage show an indicator of that stage.
-- severity: warn
select services.service_id, services.stage, max(findings.stage) as best_proved_stage
from out_services as services
left join out_service_findings as findings
    on services.service_id = findings.service_id and findings.proof_rank is not null
where services.stage is not null
group by services.service_id, services.stage
having coalesce(max(findings.stage), 0) < services.stage;
