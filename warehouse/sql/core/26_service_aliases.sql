-- One row per address or earlier id by which a service is known.
-- Grain: round_id, service_id, kind, alias.
create table core_service_aliases (
    service_id text not null,
    round_id   text not null,
    alias      text not null,
    kind       text not null check (kind in ('url', 'id'))
);

insert into core_service_aliases by name
select *
from source.core_service_aliases
order by round_id, service_id, kind, alias;

comment on table core_service_aliases is 'Addresses and earlier ids of services, so that a renamed page keeps its service.';
comment on column core_service_aliases.service_id is 'The service.';
comment on column core_service_aliases.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_aliases.alias is 'The address or the earlier id.';
comment on column core_service_aliases.kind is 'What the alias is: url or id.';
