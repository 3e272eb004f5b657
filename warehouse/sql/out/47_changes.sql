-- One row per service, round and thing that changed since the round before.
-- Grain: service_id, round_id, change.
create table out_changes (
    service_id     text not null,
    round_id       text not null,
    country_id     text not null,
    institution_id text not null,
    change         text not null check (change in ('new', 'gone', 'stage_up', 'stage_down', 'renamed')),
    name           text not null,
    before         text,
    after          text,
    has_new_rules  boolean not null,
    before_url     text,
    after_url      text
);

insert into out_changes by name
with steps as (
    select
        current.*,
        lag(state) over history as before_state,
        lag(stage) over history as before_stage,
        lag(name) over history as before_name,
        lag(language) over history as before_language,
        rubric_version <> lag(rubric_version, 1, rubric_version) over history as has_new_rules,
        lag(coalesce(evidence_url, url)) over history as before_url
    from out_service_rounds as current
    window history as (partition by service_id order by round_id)
),

changes as (
    select steps.*, 'new' as change, null as before, steps.name as after
    from steps
    inner join core_rounds as rounds using (country_id, round_id)
    inner join core_site_rounds as site_rounds
        on rounds.previous_round_id = site_rounds.round_id and steps.site_id = site_rounds.site_id
    where (steps.before_state is null or steps.before_state = 'gone')
        and steps.state = 'seen'
        and site_rounds.seen_count > 0
    union all by name
    select *, 'gone' as change, name as before, null as after
    from steps
    where state = 'gone'
    union all by name
    select
        *,
        if(stage > before_stage, 'stage_up', 'stage_down') as change,
        cast(before_stage as text) as before,
        cast(stage as text) as after
    from steps
    where state = 'seen' and before_state <> 'gone' and stage <> before_stage
    union all by name
    select *, 'renamed' as change, before_name as before, name as after
    from steps
    where state = 'seen' and before_state <> 'gone' and name <> before_name and language = before_language
)

select
    service_id,
    round_id,
    country_id,
    institution_id,
    change,
    name,
    before,
    after,
    has_new_rules,
    if(change = 'new', null, before_url) as before_url,
    if(change = 'gone', null, coalesce(evidence_url, url)) as after_url
from changes
order by service_id, round_id, change;

comment on table out_changes is 'What changed between rounds. A service is new only where its site had been seen in the round before, and gone only where it was looked for.';
comment on column out_changes.service_id is 'The service.';
comment on column out_changes.round_id is 'Round in which the change was seen.';
comment on column out_changes.country_id is 'Country it belongs to.';
comment on column out_changes.institution_id is 'Public body that provides it.';
comment on column out_changes.change is 'What changed: new, gone, stage_up, stage_down or renamed.';
comment on column out_changes.name is 'Name of the service.';
comment on column out_changes.before is 'Name or stage before; empty for a new service.';
comment on column out_changes.after is 'Name or stage after; empty for a service that is gone.';
comment on column out_changes.has_new_rules is 'Whether the rules of judging changed in between: then a change of stage may be theirs, not that of the service.';
comment on column out_changes.before_url is 'Address of the page that proves what was before.';
comment on column out_changes.after_url is 'Address of the page that proves what is now.';
