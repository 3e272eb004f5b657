-- No page is read twice in one round.
-- severity: error
select round_id, page_id, count(*) as row_count
from core_pages
group by round_id, page_id
having count(*) > 1;
