-- What climbed, fell, came and went, round by round.
select round_id, service_id, change, before, after
from out_changes
order by round_id, service_id, change;
