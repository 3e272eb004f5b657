-- One row per decision about what somebody told us was wrong.
-- Grain: correction_id.
create table out_corrections (
    correction_id text not null primary key,
    service_id    text not null,
    country_id    text,
    field         text not null,
    found         text,
    before        text,
    after         text,
    decision      text not null,
    state         text not null,
    decided_on    date not null,
    reason        text not null,
    source        text
);

insert into out_corrections by name
select
    codes.correction_id,
    codes.service_id,
    core.country_id,
    codes.field,
    masked(core.found) as found,
    masked(codes.before) as before,
    masked(codes.after) as after,
    codes.decision,
    core.state,
    codes.decided_on,
    masked(codes.reason) as reason,
    codes.source
from codes_corrections as codes
inner join core_corrections as core using (correction_id)
order by codes.correction_id;

comment on table out_corrections is 'What somebody told us was wrong, what was decided, and whether the data have it. A stage is never corrected by hand: it is what the pages prove.';
comment on column out_corrections.correction_id is 'Year and number of the decision.';
comment on column out_corrections.service_id is 'The service.';
comment on column out_corrections.country_id is 'Country it belongs to.';
comment on column out_corrections.field is 'Column of out_services that the decision is about.';
comment on column out_corrections.found is 'What the newest harvest says.';
comment on column out_corrections.before is 'What the harvest said when it was decided; empty where that does not matter.';
comment on column out_corrections.after is 'What is published instead; empty: nothing.';
comment on column out_corrections.decision is 'accepted, refused, or noted: put right in the rules.';
comment on column out_corrections.state is 'applied; lapsed: the harvest says another thing than when it was decided; not_applied; or unknown_service.';
comment on column out_corrections.decided_on is 'Day of the decision.';
comment on column out_corrections.reason is 'Why it was decided so.';
comment on column out_corrections.source is 'Page that shows how it is.';
