-- The Open Government Partnership: members of one country.
select *
from out_ogp_members
where country_id = $country_id
order by country_id;
