-- What can be searched for of each service, in the order in which the index numbers them.
select
    services.country_id,
    services.service_id,
    services.stage,
    services.language,
    services.name,
    services.name_ky,
    services.name_ru,
    services.name_en,
    institutions.name_ky as institution_name_ky,
    institutions.name_ru as institution_name_ru,
    institutions.name_en as institution_name_en
from out_services as services
left join out_institutions as institutions using (country_id, institution_id)
order by services.service_id;
