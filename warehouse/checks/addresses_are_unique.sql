-- No two services are best described by the same words at the same address.
-- severity: warn
select country_id, url, name, count(*) as service_count
from out_services
group by country_id, url, name
having count(*) > 1;
