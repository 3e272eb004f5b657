-- One row per service and run of rounds in which it was there: two, where it was gone and came back.
-- Grain: service_id, first_seen_round.
create table out_service_spans (
    service_id       text not null,
    country_id       text not null,
    name             text not null,
    first_seen_round text not null,
    last_seen_round  text not null,
    gone_round       text,
    valid_from       date not null,
    valid_to         date,
    primary key (service_id, first_seen_round)
);

insert into out_service_spans by name
select *
from core_service_spans
order by service_id, first_seen_round;

comment on table out_service_spans is 'Since when and until when each service was there, also those that are gone.';
comment on column out_service_spans.service_id is 'The service.';
comment on column out_service_spans.country_id is 'Country it belongs to.';
comment on column out_service_spans.name is 'Its last name, in the words of the page.';
comment on column out_service_spans.first_seen_round is 'Round in which it was first seen so.';
comment on column out_service_spans.last_seen_round is 'Last round in which it was seen so.';
comment on column out_service_spans.gone_round is 'Round that looked for it and found it gone; empty while it is there.';
comment on column out_service_spans.valid_from is 'Day from which it was known so.';
comment on column out_service_spans.valid_to is 'Day from which it was known otherwise, or gone; empty while it holds.';
