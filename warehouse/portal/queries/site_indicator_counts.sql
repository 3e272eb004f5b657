-- How many public bodies of one country show each indicator of a site.
select
    indicator_id,
    count(*) filter (where state = 'found') as found_count,
    count(*) filter (where state = 'missing') as missing_count,
    count(*) filter (where state = 'not_observed') as not_observed_count
from out_institution_indicators
where country_id = $country_id
group by indicator_id
order by indicator_id;
