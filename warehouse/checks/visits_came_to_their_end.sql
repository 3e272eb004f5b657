-- Each visit of the newest round asked for all that it came by, within its limits of pages, time and hours.
-- severity: warn
select visits.site_id, visits.round_id, visits.finish, visits.seen_count, visits.detail
from core_visits as visits
inner join core_rounds as rounds using (country_id, round_id)
where rounds.is_newest
    and visits.finish in ('page_limit', 'time_limit', 'hours_over', 'gave_up', 'unreported', 'crawler_failed');
