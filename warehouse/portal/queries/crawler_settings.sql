-- How the sites of each country are visited.
select *
from out_crawler_settings
order by country_id, setting;
