-- What would lift most services of one site to their next stage, and which services those are.
select
    criteria.indicator_id,
    count(*) as service_count,
    list(services.name order by services.service_id)[:5] as names
from out_service_criteria as criteria
inner join out_services as services using (service_id)
where services.site_id = $site_id and criteria.would_lift and criteria.state = 'missing'
group by criteria.indicator_id
order by service_count desc, criteria.indicator_id;
