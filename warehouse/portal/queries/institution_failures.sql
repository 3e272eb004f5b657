-- Requests to the sites of one public body that let us see nothing, by outcome; with one address as an example.
select
    failures.site_id,
    failures.outcome,
    failures.fault,
    count(*) as request_count,
    arg_min(failures.url, (failures.url, failures.capture_id)) as url,
    arg_min(failures.outcome_detail, (failures.url, failures.capture_id)) as outcome_detail
from out_failures as failures
inner join out_coverage as coverage using (site_id, round_id)
where coverage.country_id = $country_id and coverage.institution_id = $institution_id and coverage.is_newest
group by failures.site_id, failures.outcome, failures.fault
order by failures.site_id, request_count desc, failures.outcome;
