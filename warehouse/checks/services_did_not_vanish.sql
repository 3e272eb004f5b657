-- No round loses more than three services in ten that the round before knew: then the harvest is at fault.
-- severity: error
with known as (
    select
        country_id,
        round_id,
        count(*) filter (where state <> 'gone') as service_count,
        count(*) filter (where state = 'gone') as gone_count
    from out_service_rounds
    group by country_id, round_id
)

select known.country_id, known.round_id, known.service_count, known.gone_count
from known
inner join core_rounds as rounds using (country_id, round_id)
where rounds.is_newest
    and known.gone_count > 10
    and known.gone_count > 0.3 * (known.service_count + known.gone_count);
