-- Names in every language beside facts with their quotes.
select names.service_id, names.language, names.name, facts.fact, facts.value, facts.quote
from out_service_names as names
inner join out_service_facts as facts using (service_id)
order by all;
