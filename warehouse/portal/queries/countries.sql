-- Every country, as its page's headline needs it.
select *
from out_countries
order by service_count desc, country_id;
