-- One row per public body and round of its country: the trend. The macro institutions_at(day) reads it.
-- Grain: country_id, institution_id, round_id.
create table out_institution_rounds (
    country_id           text not null,
    institution_id       text not null,
    round_id             text not null,
    service_count        bigint not null,
    stage_1_count        bigint not null,
    stage_2_count        bigint not null,
    stage_3_count        bigint not null,
    stage_4_count        bigint not null,
    undetermined_count   bigint not null,
    stale_count          bigint not null,
    mean_stage           double check (mean_stage between 1 and 4),
    unseen_service_count bigint not null,
    stage_3_share_low    double check (stage_3_share_low between 0 and 1),
    stage_3_share_high   double check (stage_3_share_high between 0 and 1),
    site_count           bigint not null,
    seen_site_count      bigint not null,
    status               text not null check (status in ('seen', 'stale', 'not_seen', 'not_tried', 'no_site')),
    as_of                date,
    last_ok_at           timestamp,
    attempts_since_ok    bigint not null,
    primary key (country_id, institution_id, round_id)
);

insert into out_institution_rounds by name
select
    * exclude (surely_online_count, surely_offline_count, tried_site_count, last_ok_round),
    share_low(surely_online_count, service_count, unseen_service_count) as stage_3_share_low,
    share_high(surely_offline_count, service_count, unseen_service_count) as stage_3_share_high,
    case
        when site_count = 0 then 'no_site'
        when seen_site_count > 0 then 'seen'
        when last_ok_at is not null then 'stale'
        when attempts_since_ok > 0 then 'not_seen'
        else 'not_tried'
    end as status,
    cast(last_ok_at as date) as as_of
from core_institution_rounds
order by country_id, institution_id, round_id;

comment on table out_institution_rounds is 'Services of each public body by stage as known after each round, and between which shares the truth lies.';
comment on column out_institution_rounds.country_id is 'The country.';
comment on column out_institution_rounds.institution_id is 'The public body.';
comment on column out_institution_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column out_institution_rounds.service_count is 'Services that were found.';
comment on column out_institution_rounds.stage_1_count is 'Services at stage 1.';
comment on column out_institution_rounds.stage_2_count is 'Services at stage 2.';
comment on column out_institution_rounds.stage_3_count is 'Services at stage 3.';
comment on column out_institution_rounds.stage_4_count is 'Services at stage 4.';
comment on column out_institution_rounds.undetermined_count is 'Services whose stage could not be determined.';
comment on column out_institution_rounds.stale_count is 'Services kept from an earlier round because this one could not look.';
comment on column out_institution_rounds.mean_stage is 'Mean stage of the services that have one.';
comment on column out_institution_rounds.unseen_service_count is 'Services that sites which were never seen have at least: as many as the registry expects, one where it says nothing.';
comment on column out_institution_rounds.stage_3_share_low is 'Lowest share of services at stage 3 or 4 that is possible, 0 to 1: nothing that the round could not see counts as online.';
comment on column out_institution_rounds.stage_3_share_high is 'Highest share of services at stage 3 or 4 that is possible, 0 to 1: all that the round could not see counts as online.';
comment on column out_institution_rounds.site_count is 'Its sites.';
comment on column out_institution_rounds.seen_site_count is 'Its sites of which a page was seen in this round.';
comment on column out_institution_rounds.status is 'seen in this round; stale, seen only in an earlier one; not_seen, asked in vain; not_tried; or no_site.';
comment on column out_institution_rounds.as_of is 'Day on which one of its sites was last seen.';
comment on column out_institution_rounds.last_ok_at is 'Last time that a page of its sites was seen, UTC.';
comment on column out_institution_rounds.attempts_since_ok is 'Rounds since then in which its sites were asked in vain; 0 when all is fresh.';
