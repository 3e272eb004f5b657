-- No finding is counted twice in one round.
-- severity: error
select round_id, finding_id, count(*) as row_count
from core_findings
group by round_id, finding_id
having count(*) > 1;
