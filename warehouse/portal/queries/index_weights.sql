-- The weights of the index.
select *
from out_index_weights
order by part desc, stage;
