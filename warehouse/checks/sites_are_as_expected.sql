-- Each site gave as many pages and services in the newest round as the registry expects of a healthy one.
-- severity: warn
select site_id, round_id, status, seen_count, min_pages, max_pages, service_count, min_services, max_services
from out_coverage
where is_newest and not is_as_expected;
