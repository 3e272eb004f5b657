-- One row per rule by which an address was asked for, or not.
-- Grain: rule.
create table codes_rules (
    rule       text    not null primary key,
    is_refusal boolean not null,
    label_ky   text    not null,
    label_ru   text    not null,
    label_en   text    not null,
    advice_ky  text    not null,
    advice_ru  text    not null,
    advice_en  text    not null
);

insert into codes_rules by name
select *
from source.codes_rules
order by rule;

comment on table codes_rules is 'Every rule by which an address was asked for, or not, from rules.yml.';
comment on column codes_rules.rule is 'The rule, for machines.';
comment on column codes_rules.is_refusal is 'Whether it keeps us from asking.';
comment on column codes_rules.label_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_rules.label_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column codes_rules.label_en is 'Name in English; empty where nobody has written it down yet.';
comment on column codes_rules.advice_ky is 'What can be done about it, in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_rules.advice_ru is 'What can be done about it, in Russian; empty where nobody has written it down yet.';
comment on column codes_rules.advice_en is 'What can be done about it, in English; empty where nobody has written it down yet.';
