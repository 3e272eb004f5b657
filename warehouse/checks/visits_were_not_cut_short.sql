-- No visit of the newest round was stopped by us, a kill or a full disk: what it did not see would look lost.
-- severity: error
-- At how many sites our crawler may fail, one by one, says crawler_failed_at_few_sites.
select visits.site_id, visits.round_id, visits.finish, visits.seen_count, visits.detail
from core_visits as visits
inner join core_rounds as rounds using (country_id, round_id)
where rounds.is_newest and visits.is_cut_short and visits.finish <> 'crawler_failed';
