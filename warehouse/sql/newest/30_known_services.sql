-- One row per service that is there as of the newest round of its country, seen in it or kept.
-- Grain: service_id.
create table core_known_services (
    service_id        text not null,
    state             text not null,
    kept_round_id     text not null,
    attempts_since_ok bigint not null,
    first_seen_round  text not null,
    last_seen_round   text not null,
    last_ok_at        timestamp
);

insert into core_known_services by name
select rounds.* exclude (round_id, country_id, gone_count, absent_asks)
from core_service_rounds as rounds
inner join core_rounds using (country_id, round_id)
where core_rounds.is_newest and rounds.state <> 'gone'
order by rounds.service_id;

comment on table core_known_services is 'The services that are there now.';
comment on column core_known_services.service_id is 'The service.';
comment on column core_known_services.state is 'seen in the newest round, or kept from an earlier one.';
comment on column core_known_services.kept_round_id is 'Round whose row counts.';
comment on column core_known_services.attempts_since_ok is 'Rounds since then in which its site was asked in vain.';
comment on column core_known_services.first_seen_round is 'Round in which it was first seen.';
comment on column core_known_services.last_seen_round is 'Last round in which pages spoke of it.';
comment on column core_known_services.last_ok_at is 'Last time that one of its pages was seen, UTC.';
