-- Every service has one verdict in each round, and every verdict its service.
-- severity: error
select
    coalesce(services.service_id, verdicts.service_id) as service_id,
    coalesce(services.round_id, verdicts.round_id) as round_id,
    services.service_id is not null as has_service,
    count(verdicts.service_id) as verdict_count
from core_services as services
full join core_verdicts as verdicts using (round_id, service_id)
group by all
having not has_service or verdict_count <> 1;
