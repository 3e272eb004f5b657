-- One row per state that joined the Open Government Partnership, as far as a seen source says.
-- Grain: iso3.
create table codes_ogp_members (
    iso3           text    not null primary key,
    joined         text    not null,
    is_cohort_date boolean not null,
    source         text    not null
);

insert into codes_ogp_members by name
select *
from source.codes_ogp_members
order by iso3;

comment on table codes_ogp_members is 'States that joined the Open Government Partnership, and when. Whether they are active today is not said here.';
comment on column codes_ogp_members.iso3 is 'ISO 3166-1 code of three letters.';
comment on column codes_ogp_members.joined is 'When it joined, YYYY-MM or YYYY, as far as the source says.';
comment on column codes_ogp_members.is_cohort_date is 'Whether the date is that of its whole cohort; its own letter of intent may be older.';
comment on column codes_ogp_members.source is 'Where it was read.';
