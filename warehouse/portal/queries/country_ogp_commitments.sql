-- The Open Government Partnership: commitments of one country.
select *
from out_ogp_commitments
where country_id = $country_id
order by commitment_id;
