-- What would lift most services of one public body to their next stage.
select criteria.indicator_id, count(*) as service_count
from out_service_criteria as criteria
inner join out_services as services using (service_id)
where services.country_id = $country_id
    and services.institution_id = $institution_id
    and criteria.would_lift
    and criteria.state = 'missing'
group by criteria.indicator_id
order by service_count desc, criteria.indicator_id
limit $most;
