-- What one public body shows of openness and participation, participation first.
select openness.*, subjects.* exclude (subject_id, part)
from out_openness as openness
inner join out_openness_subjects as subjects using (subject_id)
where openness.country_id = $country_id and openness.institution_id = $institution_id
order by openness.part desc, list_position(['found', 'missing', 'not_observed'], openness.state), openness.subject_id;
