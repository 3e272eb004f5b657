-- How many things changed in the newest round of one country.
select changes.change, count(*) as change_count
from out_changes as changes
inner join out_countries as countries
    on changes.country_id = countries.country_id and changes.round_id = countries.newest_round_id
where changes.country_id = $country_id
group by changes.change
order by list_position(
    ['stage_up', 'new', 'back', 'stage_down', 'gone', 'moved', 'determined', 'undetermined', 'renamed', 'changed'],
    changes.change
);
