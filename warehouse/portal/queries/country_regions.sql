-- The regions of one country, as they lie: from north to south, each row from the west.
select *
from out_regions
where country_id = $country_id
order by tile_row, tile_column;
