-- Every commitment belongs to a plan that is known, of a member, and speaks of a subject that is known.
-- severity: error
select commitments.commitment_id, commitments.first_year, commitments.subject_id
from out_ogp_commitments as commitments
left join out_ogp_plans as plans using (country_id, first_year)
left join out_ogp_members as members using (country_id)
left join out_openness_subjects as subjects using (subject_id)
where plans.country_id is null
    or members.country_id is null
    or (commitments.subject_id is not null and subjects.subject_id is null);
