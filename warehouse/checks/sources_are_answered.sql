-- What shows an indicator of the literature is defined.
-- severity: error
select sources.source_id, sources.shown_by
from out_indicator_sources as sources
anti join (
    select indicator_id as shown_by
    from out_indicators
    union
    select subject_id as shown_by
    from out_openness_subjects
) as defined using (shown_by)
where sources.shown_by is not null;
