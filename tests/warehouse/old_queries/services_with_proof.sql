-- 1.0.0: services of a stage or more, with the words that prove it, and who provides them.
select services.name, services.stage, services.quote, services.evidence_url, institutions.name_en
from out_services as services
inner join out_institutions as institutions using (country_id, institution_id)
where services.stage >= 2
order by services.service_id;
