-- Every finding that a verdict names is there.
-- severity: error
with named as (
    select service_id, round_id, unnest(finding_ids) as finding_id
    from core_verdicts
)

select named.service_id, named.round_id, named.finding_id
from named
anti join core_findings using (round_id, finding_id);
