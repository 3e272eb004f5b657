-- Every change leads to the pages that prove it: of both sides, where there are two.
-- severity: error
select service_id, round_id, change, field, before_url, after_url
from out_changes
where (change not in ('new', 'back') and (before_url is null or before_round_id is null))
    or after_url is null;
