-- Every decision about what somebody told us was wrong, newest first, with what its service is called.
select
    corrections.*,
    services.name,
    services.language
from out_corrections as corrections
left join out_services as services using (service_id)
order by corrections.decided_on desc, corrections.correction_id desc;
