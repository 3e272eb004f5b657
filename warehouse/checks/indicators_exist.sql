-- Every indicator that was found, or is said to be missing, is defined.
-- severity: error
with named as (
    select distinct indicator_id
    from core_findings
    union
    select distinct unnest(missing) as indicator_id
    from core_verdicts
)

select named.indicator_id
from named
anti join out_indicators using (indicator_id);
