-- Every country that was harvested is described.
-- severity: error
select country_id, round_id
from core_rounds
anti join out_countries using (country_id);
