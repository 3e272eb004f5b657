-- No personal number of 14 digits (PIN) is published.
-- severity: error
with published as (
    select service_id as published_in, unnest([name, name_ky, name_ru, name_en, quote]) as words
    from out_services
    union all by name
    select service_id as published_in, name as words
    from out_service_names
    union all by name
    select service_id as published_in, title as words
    from out_service_pages
    union all by name
    select service_id as published_in, unnest([value, quote]) as words
    from out_service_facts
    union all by name
    select service_id as published_in, quote as words
    from out_service_findings
    union all by name
    select service_id as published_in, name as words
    from out_service_rounds
    union all by name
    select service_id as published_in, unnest([name, before, after, before_quote, after_quote]) as words
    from out_changes
    union all by name
    select service_id as published_in, unnest([value, quote]) as words
    from out_fact_spans
    union all by name
    select institution_id as published_in, quote as words
    from out_openness
    union all by name
    select institution_id as published_in, quote as words
    from out_institution_indicators
    union all by name
    select site_id as published_in, unnest([url, detail, robots_rule]) as words
    from out_politeness
    union all by name
    select host as published_in, robots_text as words
    from out_host_receipts
)

select published_in, words
from published
where words <> masked(words);
