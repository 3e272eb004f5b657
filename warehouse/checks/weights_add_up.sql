-- The weights of the index add up to one.
-- severity: error
select sum(weight) as total
from out_index_weights
having abs(sum(weight) - 1) > 1e-9;
