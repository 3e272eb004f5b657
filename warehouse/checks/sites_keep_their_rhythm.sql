-- No site is silent for longer than ever before, or has said nothing new for over three times as long as usual.
-- severity: warn
select country_id, site_id, voice, last_ok_at, attempts_since_ok, looks_since_change, usual_looks
from out_coverage
where is_newest and state = 'live' and voice in ('unusually_quiet', 'unusually_silent');
