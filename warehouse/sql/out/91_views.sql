-- Questions that most readers ask first, as views: open the database and select from them.

-- Services by institution and stage.
create view services_by_stage as
select
    institutions.country_id,
    institutions.institution_id,
    coalesce(institutions.name_en, institutions.name_ru, institutions.name_ky) as name,
    services.stage,
    count(*) as service_count
from out_services as services
inner join out_institutions as institutions
    on services.country_id = institutions.country_id and services.institution_id = institutions.institution_id
group by all
order by all;

comment on view services_by_stage is 'Number of services at each stage, by institution; an empty stage is undetermined.';

-- What proves each stage.
create view evidence as
select
    services.service_id,
    services.name,
    services.stage,
    findings.proof_rank,
    findings.indicator_id,
    findings.quote,
    findings.page_url,
    findings.captured_at,
    findings.warc_file,
    findings.warc_offset,
    findings.body_sha256
from out_services as services
inner join out_service_findings as findings using (service_id)
where findings.proof_rank is not null
order by services.service_id, findings.proof_rank;

comment on view evidence is 'The words that prove the stage of each service, best first, and where they are kept.';

-- Which sites could not be seen in the newest round, and why.
create view sites_not_seen as
select country_id, site_id, institution_id, seed_url, status, main_outcome, fault, advice_en, last_ok_at
from out_coverage
where is_newest and status in ('not_seen', 'not_tried')
order by country_id, site_id;

comment on view sites_not_seen is 'Sites of which the newest round saw nothing, why, and what can be done about it.';
