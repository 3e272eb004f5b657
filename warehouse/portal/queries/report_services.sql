-- The services of one site, furthest first, with the best words that prove each stage.
select service_id, country_id, name, language, name_ky, name_ru, name_en, url, stage, quote, evidence_url, is_stale
from out_services
where site_id = $site_id
order by stage desc nulls last, service_id;
