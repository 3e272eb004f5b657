-- The sites of one public body in the newest round: what could be seen of each, and what can be done.
select coverage.*, sites.is_joint_portal
from out_coverage as coverage
left join out_sites as sites using (site_id)
where coverage.country_id = $country_id and coverage.institution_id = $institution_id and coverage.is_newest
order by coverage.site_id;
