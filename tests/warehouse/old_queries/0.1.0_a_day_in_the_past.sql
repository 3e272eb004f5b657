-- Services as they were known on a day.
select service_id, stage
from services_at(date '2026-10-31')
order by service_id;
