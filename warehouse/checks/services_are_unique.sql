-- No service stands twice in one round.
-- severity: error
select round_id, service_id, count(*) as row_count
from core_services
group by round_id, service_id
having count(*) > 1;
