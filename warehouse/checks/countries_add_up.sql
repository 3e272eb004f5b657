-- A country has as many services as its institutions together.
-- severity: error
select countries.country_id, countries.service_count, sum(institutions.service_count) as institutions_count
from out_countries as countries
left join out_institutions as institutions using (country_id)
group by countries.country_id, countries.service_count
having countries.service_count <> coalesce(sum(institutions.service_count), 0);
