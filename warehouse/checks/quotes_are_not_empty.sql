-- No published quote is empty.
-- severity: error
select service_id, finding_id, quote
from out_service_findings
where trim(quote) = ''
union all by name
select service_id, fact as finding_id, quote
from out_service_facts
where trim(quote) = '';
