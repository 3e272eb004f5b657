-- No site that still answers lost more than three in ten of its pages without a word: neither seen, nor answered as gone.
-- severity: error
with lost as (
    select site_id, round_id, any_value(last_ok_round_id) as last_ok_round_id, count(*) as lost_count
    from out_lost_pages
    where outcome is null or outcome not in ('gone', 'soft_404', 'moved_offsite', 'opted_out', 'robots_disallowed')
    group by site_id, round_id
)

select lost.site_id, lost.round_id, before.seen_count as seen_before, now.seen_count as seen_now, lost.lost_count
from lost
inner join core_site_rounds as before
    on lost.site_id = before.site_id and lost.last_ok_round_id = before.round_id
inner join core_site_rounds as now
    on lost.site_id = now.site_id and lost.round_id = now.round_id
where now.seen_count > 0 and lost.lost_count > 20 and lost.lost_count > 0.3 * before.seen_count;
