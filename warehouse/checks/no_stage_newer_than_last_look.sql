-- No service says more than its last good look: a site that was down, blocked or lapsed gives no stage.
-- severity: error
select services.service_id, services.site_id, services.stage, services.as_of, services.last_ok_at
from out_services as services
inner join core_known_services as rounds
    on services.service_id = rounds.service_id
left join core_site_rounds as site_rounds
    on services.site_id = site_rounds.site_id and rounds.kept_round_id = site_rounds.round_id
where services.as_of is null
    or services.last_ok_at is null
    or services.as_of > cast(services.last_ok_at as date)
    or coalesce(site_rounds.seen_count, 0) = 0;
