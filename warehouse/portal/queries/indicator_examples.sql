-- Services of one country whose stage rests on one indicator, each with the words that show it; at most $most.
select
    services.service_id,
    services.country_id,
    services.institution_id,
    services.name,
    services.language,
    services.name_ky,
    services.name_ru,
    services.name_en,
    services.stage,
    findings.quote,
    findings.page_url,
    findings.captured_at
from out_service_findings as findings
inner join out_services as services using (service_id)
where services.country_id = $country_id and findings.indicator_id = $indicator_id
qualify row_number() over (
    partition by services.service_id order by findings.proof_rank nulls last, findings.finding_id
) = 1
order by findings.proof_rank nulls last, services.service_id
limit $most;
