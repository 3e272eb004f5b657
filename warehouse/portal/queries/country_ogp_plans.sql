-- The Open Government Partnership: plans of one country.
select *
from out_ogp_plans
where country_id = $country_id
order by first_year;
