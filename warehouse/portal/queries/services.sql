-- One batch of services, after $after up to $last, each with all that its page shows.
with batch as (
    select *
    from out_services
    where service_id > $after and service_id <= $last
),

names as (
    select service_id, list({language: language, name: name, page_url: page_url} order by language, name) as names
    from out_service_names
    where service_id > $after and service_id <= $last
    group by service_id
),

pages as (
    select
        service_id,
        list(
            {url: url, title: title, language: language, role: role, outcome: outcome, captured_at: captured_at}
            order by list_position(['description', 'form', 'portal', 'document', 'list'], role), url, page_id
        )[:$most] as pages
    from out_service_pages
    where service_id > $after and service_id <= $last
    group by service_id
),

facts as (
    select
        service_id,
        list(
            {fact: fact, value: value, quote: quote, language: language, page_url: page_url}
            order by
                list_position(
                    ['recipients', 'documents_required', 'fee', 'processing_time', 'result', 'channel', 'legal_basis'],
                    fact
                ),
                page_url,
                "offset",
                value
        )[:$most] as facts
    from out_service_facts
    where service_id > $after and service_id <= $last
    group by service_id
),

-- What is no page of markup or text is a document: PDF, Word…
documents as (
    select distinct service_id, capture_id
    from out_service_pages
    where
        service_id > $after and service_id <= $last
        and not starts_with(media_type, 'text/') and media_type != 'application/xhtml+xml'
),

findings as (
    select
        service_id,
        list(
            {
                finding_id: finding_id,
                capture_id: capture_id,
                indicator_id: indicator_id,
                proof_rank: proof_rank,
                quote: quote,
                page_url: page_url,
                place: place,
                region: region,
                strength: strength,
                is_document: documents.capture_id is not null,
                captured_at: captured_at,
                warc_file: warc_file,
                warc_offset: warc_offset,
                body_sha256: body_sha256
            }
            order by proof_rank nulls last, stage desc, finding_id
        )[:$most] as findings,
        count(*) as finding_count
    from out_service_findings
    left join documents using (service_id, capture_id)
    where service_id > $after and service_id <= $last
    group by service_id
),

criteria as (
    select
        service_id,
        list(
            {indicator_id: indicator_id, stage: stage, state: state, is_proof: is_proof, would_lift: would_lift}
            order by stage, indicator_id
        ) as criteria
    from out_service_criteria
    where service_id > $after and service_id <= $last
    group by service_id
),

ways as (
    select service_id, list({stage: stage, needed_count: needed_count, indicators: indicators} order by needed_count, rule_id) as ways
    from (
        select service_id, rule_id, stage, needed_count, list(indicator_id order by indicator_id) as indicators
        from out_service_ways
        where service_id > $after and service_id <= $last
        group by service_id, rule_id, stage, needed_count
    )
    group by service_id
),

changes as (
    select
        service_id,
        list(
            {
                round_id: round_id,
                change: change,
                field: field,
                language: language,
                before: before,
                after: after,
                has_new_rules: has_new_rules,
                before_url: before_url,
                after_url: after_url
            }
            order by round_id desc, change, field
        )[:$most] as changes
    from out_changes
    where service_id > $after and service_id <= $last
    group by service_id
),

rounds as (
    select
        service_id,
        list({round_id: round_id, state: state, stage: stage} order by round_id) as rounds
    from out_service_rounds
    where service_id > $after and service_id <= $last
    group by service_id
)

select
    batch.*,
    institutions.name_ky as institution_name_ky,
    institutions.name_ru as institution_name_ru,
    institutions.name_en as institution_name_en,
    countries.name_ky as country_name_ky,
    countries.name_ru as country_name_ru,
    countries.name_en as country_name_en,
    sites.host,
    life_events.name_ky as life_event_ky,
    life_events.name_ru as life_event_ru,
    life_events.name_en as life_event_en,
    cofog.name_ky as cofog_ky,
    cofog.name_ru as cofog_ru,
    cofog.name_en as cofog_en,
    coalesce(names.names, []) as names,
    coalesce(pages.pages, []) as pages,
    coalesce(facts.facts, []) as facts,
    coalesce(findings.findings, []) as findings,
    coalesce(findings.finding_count, 0) as finding_count,
    coalesce(criteria.criteria, []) as criteria,
    coalesce(ways.ways, []) as ways,
    coalesce(rounds.rounds, []) as rounds,
    coalesce(changes.changes, []) as changes
from batch
left join out_institutions as institutions using (country_id, institution_id)
left join out_countries as countries using (country_id)
left join out_sites as sites using (site_id)
left join out_life_events as life_events using (life_event_id)
left join out_cofog as cofog using (cofog_division)
left join names using (service_id)
left join pages using (service_id)
left join facts using (service_id)
left join findings using (service_id)
left join criteria using (service_id)
left join ways using (service_id)
left join rounds using (service_id)
left join changes using (service_id)
order by batch.service_id;
