-- The services of one public body, the furthest first.
select service_id, country_id, institution_id, name, language, name_ky, name_ru, name_en, stage, is_stale, as_of
from out_services
where country_id = $country_id and institution_id = $institution_id
order by stage desc nulls last, lower(name), service_id;
