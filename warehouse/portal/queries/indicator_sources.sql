-- The indicators of the literature, survey by survey, each with the name of what shows it.
select
    sources.*,
    indicators.indicator_id,
    coalesce(indicators.name_ky, subjects.name_ky) as name_ky,
    coalesce(indicators.name_ru, subjects.name_ru) as name_ru,
    coalesce(indicators.name_en, subjects.name_en) as name_en
from out_indicator_sources as sources
left join out_indicators as indicators
    on sources.shown_by = indicators.indicator_id
left join out_openness_subjects as subjects
    on sources.shown_by = subjects.subject_id
order by sources.survey, sources.source_id;
