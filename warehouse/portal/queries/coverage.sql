-- The sites of one country in its newest round, worst first.
select
    coverage.*,
    institutions.name_ky,
    institutions.name_ru,
    institutions.name_en
from out_coverage as coverage
left join out_institutions as institutions using (country_id, institution_id)
where coverage.country_id = $country_id and coverage.is_newest
order by
    list_position(['not_seen', 'partly_seen', 'not_tried', 'seen'], coverage.status),
    coverage.site_id;
