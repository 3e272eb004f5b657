-- What changed in the newest round of one country, best news first; at most $most rows.
select changes.*
from out_changes as changes
inner join out_countries as countries
    on changes.country_id = countries.country_id and changes.round_id = countries.newest_round_id
where changes.country_id = $country_id
order by
    list_position(
        ['stage_up', 'new', 'back', 'stage_down', 'gone', 'moved', 'determined', 'undetermined', 'renamed', 'changed'],
        changes.change
    ),
    changes.service_id,
    changes.field
limit $most;
