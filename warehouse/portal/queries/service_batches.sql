-- The ids at which batches of $size services end: reading batch by batch keeps memory flat.
select service_id
from (select service_id, row_number() over (order by service_id) as number, count(*) over () as total from out_services)
where number % $size = 0 or number = total
order by service_id;
