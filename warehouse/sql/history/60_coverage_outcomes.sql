-- One row per site, round and outcome.
-- Grain: round_id, site_id, outcome.
create table out_coverage_outcomes (
    round_id       text not null,
    site_id        text not null,
    outcome        text not null,
    address_count  bigint not null,
    is_observation boolean not null,
    fault          text not null
);

insert into out_coverage_outcomes by name
select round_id, site_id, outcome, count(*) as address_count, is_observation, fault
from core_looks
where round_id = getvariable('round_id')
group by round_id, site_id, outcome, is_observation, fault
order by round_id, site_id, outcome;

comment on table out_coverage_outcomes is 'How many addresses of each site ended in which way.';
comment on column out_coverage_outcomes.round_id is 'Month of the round, YYYY-MM.';
comment on column out_coverage_outcomes.site_id is 'The site.';
comment on column out_coverage_outcomes.outcome is 'What came of them, once the pages had been read.';
comment on column out_coverage_outcomes.address_count is 'Addresses that ended so.';
comment on column out_coverage_outcomes.is_observation is 'Whether that let us look.';
comment on column out_coverage_outcomes.fault is 'Who can do something about it: nobody, site, network or us.';
