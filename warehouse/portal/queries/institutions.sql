-- The public bodies of one country: those with most services first, then the others by id.
select
    bodies.*,
    regions.name_ky as region_name_ky,
    regions.name_ru as region_name_ru,
    regions.name_en as region_name_en
from out_institutions as bodies
left join out_regions as regions using (country_id, region_id)
where country_id = $country_id
order by bodies.service_count desc, institution_id;
