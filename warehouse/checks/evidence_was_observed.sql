-- A stage rests only on pages that could really be looked at: ok, unchanged or login.
-- severity: error
select services.service_id, services.stage, looks.url, looks.outcome
from out_services as services
inner join out_service_findings as findings using (service_id)
inner join core_looks as looks using (capture_id)
where services.stage is not null and findings.proof_rank is not null and not looks.is_observation;
