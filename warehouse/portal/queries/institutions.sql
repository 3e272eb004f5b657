-- The public bodies of one country: those with most services first, then the others by id.
select *
from out_institutions
where country_id = $country_id
order by service_count desc, institution_id;
