-- How many services of one country show each indicator.
select
    criteria.indicator_id,
    count(*) filter (where criteria.state = 'met') as met_count,
    count(*) filter (where criteria.state = 'missing') as missing_count,
    count(*) filter (where criteria.state = 'not_observed') as not_observed_count,
    count(*) filter (where criteria.is_proof) as proof_count
from out_service_criteria as criteria
inner join out_services as services using (service_id)
where services.country_id = $country_id
group by criteria.indicator_id
order by criteria.indicator_id;
