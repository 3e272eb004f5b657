-- One row per decision about what somebody told us was wrong.
-- Grain: correction_id.
create table codes_corrections (
    correction_id text not null,
    service_id    text not null,
    field         text not null,
    before        text,
    after         text,
    decision      text not null check (decision in ('accepted', 'refused', 'noted')),
    decided_on    date not null,
    reason        text not null,
    source        text
);

insert into codes_corrections by name
select *
from source.codes_corrections
order by correction_id;

comment on table codes_corrections is 'Decisions of corrections.yml.';
comment on column codes_corrections.correction_id is 'Year and number of the decision.';
comment on column codes_corrections.service_id is 'The service that it is about.';
comment on column codes_corrections.field is 'Column of out_services that it is about.';
comment on column codes_corrections.before is 'What the harvest said when it was decided; empty where that does not matter.';
comment on column codes_corrections.after is 'What is published instead.';
comment on column codes_corrections.decision is 'accepted, refused or noted.';
comment on column codes_corrections.decided_on is 'Day of the decision.';
comment on column codes_corrections.reason is 'Why.';
comment on column codes_corrections.source is 'Address of a page that shows how it is.';
