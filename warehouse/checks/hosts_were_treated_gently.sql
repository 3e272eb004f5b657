-- No host was asked sooner than the pause that was promised to it at the time.
-- severity: warn
select round_id, host, delay_seconds, smallest_gap_seconds, hurried_count, busiest_minute_count
from out_host_receipts
where hurried_count > 0;
