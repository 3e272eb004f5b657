-- What changed in one country, or at one of its public bodies, the newest first; at most $most rows.
select
    changes.*,
    coalesce(rounds.as_of, cast(changes.round_id || '-01' as date)) as as_of
from out_changes as changes
inner join out_country_rounds as rounds using (country_id, round_id)
where changes.country_id = $country_id and ($institution_id is null or changes.institution_id = $institution_id)
order by
    changes.round_id desc,
    list_position(
        ['stage_up', 'new', 'back', 'stage_down', 'gone', 'moved', 'determined', 'undetermined', 'renamed', 'changed'],
        changes.change
    ),
    changes.service_id,
    changes.field
limit $most;
