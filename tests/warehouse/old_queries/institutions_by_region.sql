-- 1.0.0, before regions had ids: how many public bodies each region has.
select region, count(*) as institution_count
from out_institutions
group by region;
