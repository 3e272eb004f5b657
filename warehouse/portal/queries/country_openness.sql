-- How many public bodies of one country show each subject of openness and participation.
select
    subjects.*,
    count(*) filter (where openness.state = 'found') as found_count,
    count(*) filter (where openness.state = 'missing') as missing_count,
    count(*) filter (where openness.state = 'not_observed') as not_observed_count
from out_openness_subjects as subjects
inner join out_openness as openness using (subject_id)
where openness.country_id = $country_id
group by all
order by subjects.part desc, subjects.subject_id;
