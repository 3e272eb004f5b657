-- Our own crawler failed at no more than one site, or one in twenty, of the newest round: more are no accident.
-- severity: error
select visits.site_id, visits.round_id, visits.seen_count, visits.detail
from core_visits as visits
inner join core_rounds as rounds using (country_id, round_id)
where rounds.is_newest
qualify visits.finish = 'crawler_failed'
    and count(*) filter (where visits.finish = 'crawler_failed') over (partition by visits.country_id)
    > greatest(1, 0.05 * count(*) over (partition by visits.country_id))
order by visits.site_id;
