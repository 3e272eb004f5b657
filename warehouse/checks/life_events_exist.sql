-- Every life event and every function of government that a service names is defined.
-- severity: error
select service_id, life_event_id, cofog_division
from out_services
where life_event_id not in (select life_event_id from out_life_events)
    or cofog_division not in (select cofog_division from out_cofog);
