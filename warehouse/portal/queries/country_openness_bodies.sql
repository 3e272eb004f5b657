-- Public bodies of one country with the states of all subjects, in the order of country_openness.
select
    institutions.institution_id,
    institutions.name_ky,
    institutions.name_ru,
    institutions.name_en,
    list(openness.state order by openness.part desc, openness.subject_id) as states,
    count(*) filter (where openness.state = 'found') as found_count
from out_institutions as institutions
inner join out_openness as openness using (country_id, institution_id)
where institutions.country_id = $country_id
group by all
order by found_count desc, institutions.institution_id;
