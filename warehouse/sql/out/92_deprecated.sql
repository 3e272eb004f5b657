-- What the last two versions of the contract removed or renamed, under its old name: `set search_path = 'before,main'`
-- lets a query of theirs run as it was. `warehouse.contracting.owed` says what must stand here.
create schema before;

-- 1.0.0: `region` was a name in one language, then became the id of a region of out_regions.
create view before.out_institutions as
select *, region_id as region
from main.out_institutions;

comment on view before.out_institutions is 'out_institutions with its column region, which is called region_id now.';
