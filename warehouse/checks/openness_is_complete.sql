-- Every institution is asked every subject of openness, once.
-- severity: error
with asked as (
    select institutions.country_id, institutions.institution_id, count(openness.subject_id) as subject_count
    from out_institutions as institutions
    left join out_openness as openness using (country_id, institution_id)
    group by institutions.country_id, institutions.institution_id
)

select country_id, institution_id, subject_count
from asked
where subject_count <> (select count(*) from out_openness_subjects);
