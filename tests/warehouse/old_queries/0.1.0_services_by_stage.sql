-- How many services of each institution stand at each stage; from the method page of 0.1.0.
select institution_id, stage, count(*) as service_count
from out_services
group by institution_id, stage
order by institution_id, stage;
