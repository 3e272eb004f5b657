-- Every way in which a request can end.
select *
from out_outcomes
order by is_observation desc, fault, outcome;
