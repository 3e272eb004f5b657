-- The rounds of one country, oldest first.
select *
from out_country_rounds
where country_id = $country_id
order by round_id;
