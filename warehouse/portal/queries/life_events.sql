-- Life events, each with the services of one country that belong to it, by stage; those with most first. What no site was
-- seen to offer belongs to no life event, so the bounds are of what was found.
select
    events.life_event_id,
    events.audience,
    events.name_ky,
    events.name_ru,
    events.name_en,
    count(services.service_id) as service_count,
    count(*) filter (where services.stage = 1) as stage_1_count,
    count(*) filter (where services.stage = 2) as stage_2_count,
    count(*) filter (where services.stage = 3) as stage_3_count,
    count(*) filter (where services.stage = 4) as stage_4_count,
    count(services.service_id) filter (where services.stage is null) as undetermined_count,
    share_low(
        count(*) filter (where services.stage >= 3 and services.last_seen_round = countries.newest_round_id),
        count(services.service_id),
        0
    ) as stage_3_share_low,
    share_high(
        count(*) filter (where services.stage < 3 and services.last_seen_round = countries.newest_round_id),
        count(services.service_id),
        0
    ) as stage_3_share_high
from out_life_events as events
inner join out_countries as countries on countries.country_id = $country_id
left join out_services as services
    on events.life_event_id = services.life_event_id and countries.country_id = services.country_id
group by all
order by events.audience desc, service_count desc, events.life_event_id;
