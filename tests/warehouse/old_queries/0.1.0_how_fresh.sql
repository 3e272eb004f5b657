-- Which sites could be looked at, and whose fault it was where not.
select site_id, status, main_outcome, fault, last_ok_at
from out_coverage
order by site_id;
