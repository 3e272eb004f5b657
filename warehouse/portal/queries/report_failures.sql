-- Requests of the newest round to one site that let us see nothing, by outcome, with one address as an example.
select
    failures.outcome,
    failures.fault,
    count(*) as request_count,
    arg_min(failures.url, (failures.url, failures.capture_id)) as url
from out_failures as failures
inner join out_coverage as coverage using (site_id, round_id)
where failures.site_id = $site_id and coverage.is_newest
group by failures.outcome, failures.fault
order by request_count desc, failures.outcome;
