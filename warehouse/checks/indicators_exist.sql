-- Every indicator or subject of openness that was found, or is said to be missing, is defined.
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
anti join (
    select indicator_id
    from out_indicators
    union
    select subject_id as indicator_id
    from out_openness_subjects
) as defined using (indicator_id);
