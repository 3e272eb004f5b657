-- Every published address leads to the web and nowhere else.
-- severity: error
select service_id, url
from out_services
where not regexp_matches(url, '^https?://[^\s/]', 'i')
    or not regexp_matches(coalesce(evidence_url, url), '^https?://[^\s/]', 'i')
union all by name
select service_id, url
from out_service_pages
where not regexp_matches(url, '^https?://[^\s/]', 'i');
