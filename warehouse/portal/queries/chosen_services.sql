-- The services of one country at one stage, or for one life event: $chosen says by which they are chosen.
-- Without a stage where $stage is empty.
select
    services.service_id,
    services.country_id,
    services.institution_id,
    services.name,
    services.language,
    services.name_ky,
    services.name_ru,
    services.name_en,
    services.stage,
    services.is_stale,
    institutions.name_ky as institution_name_ky,
    institutions.name_ru as institution_name_ru,
    institutions.name_en as institution_name_en
from out_services as services
left join out_institutions as institutions using (country_id, institution_id)
where
    services.country_id = $country_id
    and case $chosen
        when 'stage' then services.stage is not distinct from $stage
        when 'life_event' then services.life_event_id = $life_event_id
    end
order by
    institutions.service_count desc,
    services.institution_id,
    lower(services.name),
    services.service_id;
