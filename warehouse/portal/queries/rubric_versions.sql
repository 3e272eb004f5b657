-- Which rules judged the services.
select distinct rubric_version
from out_services
where rubric_version <> ''
order by rubric_version;
