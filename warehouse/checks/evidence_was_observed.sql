-- A stage rests only on pages that could really be looked at: ok, unchanged or login.
-- severity: error
select services.service_id, services.stage, pages.url, pages.outcome
from out_services as services
inner join out_service_findings as findings using (service_id)
inner join core_pages as pages using (round_id, capture_id)
inner join codes_outcomes as outcomes using (outcome)
where services.stage is not null and findings.proof_rank is not null and not outcomes.is_observation;
