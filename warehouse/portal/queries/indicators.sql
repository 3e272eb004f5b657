-- The indicators, by stage.
select *
from out_indicators
order by stage, indicator_id;
