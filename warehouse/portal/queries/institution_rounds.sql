-- The services of one public body by stage, round by round from the first that knew any, oldest first.
select *
from out_institution_rounds
where country_id = $country_id and institution_id = $institution_id and service_count > 0
order by round_id;
