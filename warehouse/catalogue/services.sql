-- Each service with its public body, its names and its facts, as CPSV-AP describes services.
select
    service.service_id,
    service.country_id,
    service.institution_id,
    service.url,
    service.language,
    service.stage,
    service.processing_days,
    service.fee_amount,
    service.fee_currency,
    service.life_event_id,
    service.cofog_division,
    coalesce(
        (select list({'language': named.language, 'words': named.name} order by named.language, named.name)
         from out_service_names as named where named.service_id = service.service_id),
        []
    ) as names,
    service.name,
    coalesce(
        (select list({'fact': told.fact, 'language': told.language, 'words': told.value}
                     order by told.fact, told.language, told.value)
         from (select distinct service_id, fact, language, value from out_service_facts) as told
         where told.service_id = service.service_id
           and told.fact in ('documents_required', 'legal_basis', 'result')),
        []
    ) as facts
from out_services as service
order by service.service_id;
