-- A stage of 3 or 4 is proved by words that show an indicator of that stage.
-- severity: warn
select services.service_id, services.stage, max(findings.stage) as best_proved_stage
from out_services as services
left join out_service_findings as findings
    on services.service_id = findings.service_id and findings.proof_rank is not null
where services.stage >= 3
group by services.service_id, services.stage
having coalesce(max(findings.stage), 0) < services.stage;
