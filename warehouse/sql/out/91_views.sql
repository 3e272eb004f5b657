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
comment on column services_by_stage.country_id is 'Country it belongs to.';
comment on column services_by_stage.institution_id is 'Id of the public body within its country.';
comment on column services_by_stage.name is 'Its name in English; in Russian or Kyrgyz where there is none.';
comment on column services_by_stage.stage is 'How far it has gone online: UN stage 1 to 4; empty when that could not be determined.';
comment on column services_by_stage.service_count is 'Services of that institution at that stage.';

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
comment on column evidence.service_id is 'The service.';
comment on column evidence.name is 'Name of the service.';
comment on column evidence.stage is 'How far it has gone online: UN stage 1 to 4; empty when that could not be determined.';
comment on column evidence.proof_rank is 'Place among the findings that prove the stage of the service, 1 the best.';
comment on column evidence.indicator_id is 'Indicator that the words show.';
comment on column evidence.quote is 'Words on the page, letter by letter; personal numbers are blacked out.';
comment on column evidence.page_url is 'Address of the page.';
comment on column evidence.captured_at is 'When the page was captured, UTC.';
comment on column evidence.warc_file is 'WARC file that holds the page, as a path under the data folder.';
comment on column evidence.warc_offset is 'Bytes into the WARC file where its record begins.';
comment on column evidence.body_sha256 is 'SHA-256 of the body of the page.';

-- Which sites could not be seen in the newest round, and why.
create view sites_not_seen as
select country_id, site_id, institution_id, seed_url, status, main_outcome, fault, advice_en, last_ok_at
from out_coverage
where is_newest and status in ('not_seen', 'not_tried')
order by country_id, site_id;

comment on view sites_not_seen is 'Sites of which the newest round saw nothing, why, and what can be done about it.';
comment on column sites_not_seen.country_id is 'Country of the round.';
comment on column sites_not_seen.site_id is 'The site.';
comment on column sites_not_seen.institution_id is 'Public body that owns the site.';
comment on column sites_not_seen.seed_url is 'Address from which its harvest starts.';
comment on column sites_not_seen.status is 'not_seen, when no address let us look, or not_tried in this round.';
comment on column sites_not_seen.main_outcome is 'The failure nearest to the first address; empty when all could be looked at. A dead link is no failure of the site.';
comment on column sites_not_seen.fault is 'Who can do something about that failure: nobody, site, network or us.';
comment on column sites_not_seen.advice_en is 'What can be done about it, in English.';
comment on column sites_not_seen.last_ok_at is 'Last time up to this round that a page of it was seen, UTC.';
