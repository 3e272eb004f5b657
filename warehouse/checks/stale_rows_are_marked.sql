-- A service that the newest round could not look at is marked so, and no other is.
-- severity: error
select services.service_id, services.is_stale, services.attempts_since_ok, rounds.state
from out_services as services
inner join out_service_rounds as rounds using (service_id)
inner join core_rounds as newest
    on rounds.country_id = newest.country_id and rounds.round_id = newest.round_id and newest.is_newest
where services.is_stale <> (rounds.state = 'kept')
    or (services.attempts_since_ok > 0 and not services.is_stale);
