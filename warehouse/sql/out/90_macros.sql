-- What was known on a day: the same questions, asked of the past.

-- Services as known after the last round that had ended by `day`.
create macro services_at(day) as table
select out_service_rounds.*
from out_service_rounds
inner join (
    select country_id, max(round_id) as round_id
    from out_country_rounds
    where as_of <= cast(day as date)
    group by country_id
) as rounds using (country_id, round_id)
where state <> 'gone'
order by service_id;

-- Institutions, with their services by stage, as known after the last round that had ended by `day`.
create macro institutions_at(day) as table
select
    country_id,
    institution_id,
    max(round_id) as round_id,
    count(*) as service_count,
    count(*) filter (where stage = 1) as stage_1_count,
    count(*) filter (where stage = 2) as stage_2_count,
    count(*) filter (where stage = 3) as stage_3_count,
    count(*) filter (where stage = 4) as stage_4_count,
    count(*) filter (where stage is null) as undetermined_count,
    avg(stage) as mean_stage
from services_at(day)
group by country_id, institution_id
order by country_id, institution_id;
