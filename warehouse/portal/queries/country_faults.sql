-- Sites of one country that could not be seen, or only in part, in its newest round: how many, and whose fault.
select status, fault, count(*) as site_count
from out_coverage
where country_id = $country_id and is_newest and status <> 'seen'
group by status, fault
order by status, site_count desc, fault;
