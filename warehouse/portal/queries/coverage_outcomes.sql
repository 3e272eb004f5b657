-- How the requests of the newest round of one country ended.
select outcomes.outcome, outcomes.fault, outcomes.is_observation, sum(outcomes.address_count) as request_count
from out_coverage_outcomes as outcomes
inner join out_coverage as coverage using (round_id, site_id)
where coverage.country_id = $country_id and coverage.is_newest
group by all
order by outcomes.is_observation desc, request_count desc, outcomes.outcome;
