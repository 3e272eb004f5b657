-- The receipts of the hosts of one public body, in the newest round.
select receipts.*
from out_host_receipts as receipts
inner join (
    select distinct host, round_id
    from out_coverage
    where country_id = $country_id and institution_id = $institution_id and is_newest
) as asked using (host, round_id)
order by receipts.host;
