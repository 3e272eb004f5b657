-- Requests of a site's round follow one another in time.
-- severity: warn
select round_id, site_id, seq, captured_at
from raw_captures
where source = 'web' and outcome <> 'not_due'  -- whose time is that of an earlier look
qualify captured_at < lag(captured_at) over (partition by round_id, site_id order by seq) - interval 1 minute;
