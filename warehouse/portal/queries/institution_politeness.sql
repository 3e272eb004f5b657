-- How gently the hosts of one public body were treated in the newest round.
select politeness.*
from out_politeness as politeness
inner join (
    select distinct host, round_id
    from out_coverage
    where country_id = $country_id and institution_id = $institution_id and is_newest
) as asked using (host, round_id)
order by politeness.host;
