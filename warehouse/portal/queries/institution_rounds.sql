-- The services of one public body by stage, round by round, oldest first.
select
    round_id,
    count(*) as service_count,
    count(*) filter (where stage = 1) as stage_1_count,
    count(*) filter (where stage = 2) as stage_2_count,
    count(*) filter (where stage = 3) as stage_3_count,
    count(*) filter (where stage = 4) as stage_4_count,
    count(*) filter (where stage is null) as undetermined_count
from out_service_rounds
where country_id = $country_id and institution_id = $institution_id and state <> 'gone'
group by round_id
order by round_id;
