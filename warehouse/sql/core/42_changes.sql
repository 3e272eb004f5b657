-- One row per service, round and field that changed: before, and after.
-- Grain: service_id, round_id, change, field.
-- Nothing is told because of where we could not look: a service is new only where its site had been seen before
-- and its page had not failed to open, and fields are compared by core_service_values.before_round_id.
create table core_changes (
    service_id      text not null,
    round_id        text not null,
    country_id      text not null,
    change          text not null,
    field           text not null,
    language        text,
    before          text,
    after           text,
    before_round_id text
);

insert into core_changes by name
with now_seen as (
    select *
    from core_service_values
    where round_id = getvariable('round_id')
),

-- The last round before this one that saw the site.
earlier as (
    select site_id, max(round_id) as last_ok_round
    from core_site_rounds
    where round_id < getvariable('round_id') and seen_count > 0
    group by site_id
),

-- An address that had failed to open when its site was last seen may have had the service then.
hidden as (
    select distinct seen.service_id
    from now_seen as seen
    inner join earlier using (site_id)
    inner join core_looks as looks
        on earlier.last_ok_round = looks.round_id and list_contains(seen.urls, looks.url)
    where seen.is_first
        and seen.life = 0
        and not looks.is_observation
        and looks.outcome not in ('gone', 'soft_404')
),

births as (
    select
        seen.service_id,
        seen.round_id,
        seen.country_id,
        if(seen.life = 0, 'new', 'back') as change,
        'state' as field,
        seen.language,
        seen.name as after
    from now_seen as seen
    inner join core_site_voices as voices using (site_id, round_id)
    left join earlier using (site_id)
    left join hidden using (service_id)
    where seen.is_first and (seen.life > 0 or earlier.last_ok_round is not null and hidden.service_id is null)
),

ends as (
    select
        rounds.service_id,
        rounds.round_id,
        rounds.country_id,
        'gone' as change,
        'state' as field,
        services.language,
        services.name as before,
        rounds.kept_round_id as before_round_id
    from core_service_rounds as rounds
    inner join core_services as services
        on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
    where rounds.round_id = getvariable('round_id') and rounds.state = 'gone'
),

stages as (
    select
        now.service_id,
        now.round_id,
        now.country_id,
        case
            when past.stage is null then 'determined'
            when now.stage is null then 'undetermined'
            when now.stage > past.stage then 'stage_up'
            else 'stage_down'
        end as change,
        'stage' as field,
        cast(past.stage as text) as before,
        cast(now.stage as text) as after,
        now.stage_round_id as before_round_id
    from now_seen as now
    inner join core_service_values as past
        on now.service_id = past.service_id and now.stage_round_id = past.round_id
    where now.stage is distinct from past.stage
),

pairs as (
    select now.service_id, now.round_id, now.country_id, now.before_round_id, now, past
    from now_seen as now
    inner join core_service_values as past
        on now.service_id = past.service_id and now.before_round_id = past.round_id
),

-- One service may stand on several pages: it has moved only when the one that was best has it no more.
places as (
    select
        * exclude (now, past),
        if(list_contains(now.site_ids, past.site_id), 'changed', 'moved') as change,
        if(list_contains(now.site_ids, past.site_id), 'url', 'site_id') as field,
        if(list_contains(now.site_ids, past.site_id), past.url, past.site_id) as before,
        if(list_contains(now.site_ids, past.site_id), now.url, now.site_id) as after
    from pairs
    where not list_contains(now.urls, past.url)
),

named as (
    select *, unnest(map_keys(now.fields)) as field
    from pairs
    where now.fields <> past.fields
),

plain as (
    select * exclude (now, past), 'changed' as change, past.fields[field] as before, now.fields[field] as after
    from named
    where past.fields[field] is distinct from now.fields[field]
),

spoken as (
    select *, unnest(list_distinct(map_keys(now.words) || map_keys(past.words))) as field
    from pairs
    where now.words <> past.words
),

by_language as (
    select
        * exclude (now, past),
        now.language as own_language,
        coalesce(past.words[field], map {}) as old,
        coalesce(now.words[field], map {}) as new,
        unnest(list_distinct(map_keys(old) || map_keys(new))) as language
    from spoken
),

-- A page in one language more says nothing else; only where no language had it, or has it now, has it come or gone.
worded as (
    select
        * exclude (own_language, old, new),
        if(field = 'name', 'renamed', 'changed') as change,
        old[language] as before,
        new[language] as after
    from by_language
    where old[language] <> new[language]
        or field <> 'name' and (cardinality(old) = 0 or cardinality(new) = 0)
    qualify row_number() over (
        partition by service_id, round_id, field order by language = own_language desc, language
    ) = 1
),

told as (
    from births
    union all by name
    from ends
    union all by name
    from stages
    union all by name
    from places
    union all by name
    from plain
    union all by name
    from worded
)

select *
from told
order by service_id, round_id, change, field;

comment on table core_changes is 'What changed between rounds, before it is masked and proved.';
comment on column core_changes.service_id is 'The service.';
comment on column core_changes.round_id is 'Round in which the change was seen.';
comment on column core_changes.country_id is 'The country.';
comment on column core_changes.change is 'What happened.';
comment on column core_changes.field is 'Field that changed; "state" where it is the service itself that came or went.';
comment on column core_changes.language is 'Language of before and after, ISO 639-1; empty where they are no words of a page.';
comment on column core_changes.before is 'Value before; empty where there was none.';
comment on column core_changes.after is 'Value after; empty where there is none.';
comment on column core_changes.before_round_id is 'Round that saw what was before.';
