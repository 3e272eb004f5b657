-- Every outcome of a request is one of the closed list.
-- severity: error
select looks.outcome, count(*) as request_count
from core_looks as looks
anti join out_outcomes using (outcome)
group by looks.outcome;
