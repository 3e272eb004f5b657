-- The stages, lowest first.
select *
from out_stages
order by stage;
