-- No published name or quote carries control characters.
-- severity: error
select service_id, name, quote
from out_services
where regexp_matches(name || coalesce(quote, ''), '[\x00-\x08\x0B\x0C\x0E-\x1F]');
