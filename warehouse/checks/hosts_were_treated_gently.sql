-- No host was asked faster than the pause that was promised to it.
-- severity: warn
select round_id, host, delay_seconds, smallest_gap_seconds, busiest_minute_count
from out_politeness
where smallest_gap_seconds < 0.5 * delay_seconds;
