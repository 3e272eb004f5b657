-- One site as the newest round saw it, with the body that owns it.
select
    coverage.*,
    sites.languages,
    institutions.name_ky,
    institutions.name_ru,
    institutions.name_en,
    institutions.index
from out_coverage as coverage
inner join out_sites as sites using (site_id)
left join out_institutions as institutions
    on coverage.country_id = institutions.country_id and coverage.institution_id = institutions.institution_id
where coverage.is_newest and coverage.site_id = $site_id;
