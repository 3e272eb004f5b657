-- A service without a stage says why.
-- severity: error
select service_id, reason
from out_services
where stage is null and nullif(trim(reason), '') is null;
