-- One row per public body and round of its country: its services by stage, and what could not be seen of it.
-- Grain: country_id, round_id, institution_id.
-- Of services that a round could not see nobody knows the stage then; a site that was never seen has as many
-- services as the registry expects at least, or one where it says nothing. Both widen each share.
create table core_institution_rounds (
    country_id           text   not null,
    round_id             text   not null,
    institution_id       text   not null,
    service_count        bigint not null,
    stage_1_count        bigint not null,
    stage_2_count        bigint not null,
    stage_3_count        bigint not null,
    stage_4_count        bigint not null,
    undetermined_count   bigint not null,
    stale_count          bigint not null,
    mean_stage           double,
    surely_online_count  bigint not null,
    surely_offline_count bigint not null,
    unseen_service_count bigint not null,
    site_count           bigint not null,
    tried_site_count     bigint not null,
    seen_site_count      bigint not null,
    last_ok_round        text,
    last_ok_at           timestamp,
    attempts_since_ok    bigint not null
);

insert into core_institution_rounds by name
with counts as (
    select
        rounds.country_id,
        rounds.round_id,
        services.institution_id,
        count(*) as service_count,
        count(*) filter (where verdicts.stage = 1) as stage_1_count,
        count(*) filter (where verdicts.stage = 2) as stage_2_count,
        count(*) filter (where verdicts.stage = 3) as stage_3_count,
        count(*) filter (where verdicts.stage = 4) as stage_4_count,
        count(*) filter (where verdicts.stage is null) as undetermined_count,
        count(*) filter (where rounds.state = 'kept') as stale_count,
        avg(verdicts.stage) as mean_stage,
        count(*) filter (where rounds.state = 'seen' and verdicts.stage >= 3) as surely_online_count,
        count(*) filter (where rounds.state = 'seen' and verdicts.stage < 3) as surely_offline_count
    from core_service_rounds as rounds
    inner join core_services as services
        on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
    left join core_verdicts as verdicts
        on rounds.service_id = verdicts.service_id and rounds.kept_round_id = verdicts.round_id
    where rounds.round_id = getvariable('round_id') and rounds.state <> 'gone'
    group by rounds.country_id, rounds.round_id, services.institution_id
),

looks as (
    select
        voices.country_id,
        voices.round_id,
        sites.institution_id,
        count(*) as site_count,
        count(*) filter (where voices.voice <> 'not_asked') as tried_site_count,
        count(*) filter (where voices.is_seen) as seen_site_count,
        max(voices.last_ok_round) as last_ok_round,
        max(voices.last_ok_at) as last_ok_at,
        sum(coalesce(sites.min_services, 1)) filter (
            where voices.last_ok_round is null and sites.state = 'live'
        ) as unseen_service_count
    from core_site_voices as voices
    inner join codes_sites as sites using (site_id)
    group by voices.country_id, voices.round_id, sites.institution_id
),

tries as (
    select
        *,
        count(*) filter (where tried_site_count > 0 and seen_site_count = 0) over (
            partition by country_id, institution_id, last_ok_round order by round_id
        ) as attempts_since_ok
    from looks
)

select
    institutions.country_id,
    rounds.round_id,
    institutions.institution_id,
    coalesce(counts.service_count, 0) as service_count,
    coalesce(counts.stage_1_count, 0) as stage_1_count,
    coalesce(counts.stage_2_count, 0) as stage_2_count,
    coalesce(counts.stage_3_count, 0) as stage_3_count,
    coalesce(counts.stage_4_count, 0) as stage_4_count,
    coalesce(counts.undetermined_count, 0) as undetermined_count,
    coalesce(counts.stale_count, 0) as stale_count,
    counts.mean_stage,
    coalesce(counts.surely_online_count, 0) as surely_online_count,
    coalesce(counts.surely_offline_count, 0) as surely_offline_count,
    coalesce(tries.unseen_service_count, 0) as unseen_service_count,
    coalesce(tries.site_count, 0) as site_count,
    coalesce(tries.tried_site_count, 0) as tried_site_count,
    coalesce(tries.seen_site_count, 0) as seen_site_count,
    tries.last_ok_round,
    tries.last_ok_at,
    coalesce(tries.attempts_since_ok, 0) as attempts_since_ok
from codes_institutions as institutions
inner join core_rounds as rounds using (country_id)
left join counts using (country_id, round_id, institution_id)
left join tries using (country_id, round_id, institution_id)
where rounds.round_id = getvariable('round_id')
order by institutions.country_id, rounds.round_id, institutions.institution_id;

comment on table core_institution_rounds is 'Services of each public body by stage after each round, and what could not be seen of it.';
comment on column core_institution_rounds.country_id is 'The country.';
comment on column core_institution_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column core_institution_rounds.institution_id is 'The public body.';
comment on column core_institution_rounds.service_count is 'Services that were found.';
comment on column core_institution_rounds.stage_1_count is 'Services at stage 1.';
comment on column core_institution_rounds.stage_2_count is 'Services at stage 2.';
comment on column core_institution_rounds.stage_3_count is 'Services at stage 3.';
comment on column core_institution_rounds.stage_4_count is 'Services at stage 4.';
comment on column core_institution_rounds.undetermined_count is 'Services whose stage could not be determined.';
comment on column core_institution_rounds.stale_count is 'Services kept from an earlier round because this one could not look.';
comment on column core_institution_rounds.mean_stage is 'Mean stage of the services that have one.';
comment on column core_institution_rounds.surely_online_count is 'Services that this round saw at stage 3 or 4.';
comment on column core_institution_rounds.surely_offline_count is 'Services that this round saw at stage 1 or 2.';
comment on column core_institution_rounds.unseen_service_count is 'Services that its sites which were never seen have at least.';
comment on column core_institution_rounds.site_count is 'Its sites.';
comment on column core_institution_rounds.tried_site_count is 'Its sites that were asked in this round.';
comment on column core_institution_rounds.seen_site_count is 'Its sites of which a page was seen in this round.';
comment on column core_institution_rounds.last_ok_round is 'Last round, up to this one, in which a page of its sites was seen.';
comment on column core_institution_rounds.last_ok_at is 'Last time, up to this round, that a page of its sites was seen, UTC.';
comment on column core_institution_rounds.attempts_since_ok is 'Rounds since then in which its sites were asked in vain.';
