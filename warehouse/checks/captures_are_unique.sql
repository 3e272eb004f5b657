-- No request is counted twice.
-- severity: error
select capture_id, count(*) as row_count
from raw_captures
group by capture_id
having count(*) > 1;
