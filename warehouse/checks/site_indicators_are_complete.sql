-- Every institution is asked every indicator of a site, once.
-- severity: error
with asked as (
    select institutions.country_id, institutions.institution_id, count(shown.indicator_id) as indicator_count
    from out_institutions as institutions
    left join out_institution_indicators as shown using (country_id, institution_id)
    group by institutions.country_id, institutions.institution_id
)

select country_id, institution_id, indicator_count
from asked
where indicator_count <> (select count(*) from out_indicators where level = 'site');
