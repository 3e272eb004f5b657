-- One row per way in which a request can end.
-- Grain: outcome.
create table codes_outcomes (
    outcome        text not null primary key,
    fault          text not null check (fault in ('nobody', 'site', 'network', 'us')),
    can_retry      boolean not null,
    is_observation boolean not null,
    label_ky       text not null,
    label_ru       text not null,
    label_en       text not null,
    advice_ky      text not null,
    advice_ru      text not null,
    advice_en      text not null
);

insert into codes_outcomes by name
select *
from source.codes_outcomes
order by outcome;

comment on table codes_outcomes is 'Every way in which a request can end, from outcomes.yml.';
comment on column codes_outcomes.outcome is 'The outcome, for machines.';
comment on column codes_outcomes.fault is 'Who can do something about it: nobody, site, network or us.';
comment on column codes_outcomes.can_retry is 'Whether asking again later can help.';
comment on column codes_outcomes.is_observation is 'Whether it let us look: only then can a page prove or disprove anything.';
comment on column codes_outcomes.label_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_outcomes.label_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column codes_outcomes.label_en is 'Name in English; empty where nobody has written it down yet.';
comment on column codes_outcomes.advice_ky is 'What can be done about it, in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_outcomes.advice_ru is 'What can be done about it, in Russian; empty where nobody has written it down yet.';
comment on column codes_outcomes.advice_en is 'What can be done about it, in English; empty where nobody has written it down yet.';
