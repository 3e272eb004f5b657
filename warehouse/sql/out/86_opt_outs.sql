-- One row per host, or path of a host, whose owner asked us by letter to stay away.
-- Grain: country_id, stay_out_of.
create table out_opt_outs (
    country_id  text not null,
    stay_out_of text not null,
    since       date not null,
    reason      text not null
);

insert into out_opt_outs by name
select *
from codes_opt_outs
order by country_id, stay_out_of, since;

comment on table out_opt_outs is 'Who asked by letter, not by robots.txt, to be left alone: nothing is asked of these any more.';
comment on column out_opt_outs.country_id is 'Country in whose registry it stands.';
comment on column out_opt_outs.stay_out_of is 'The host, with its port or path where only those are meant.';
comment on column out_opt_outs.since is 'Day from which it counts.';
comment on column out_opt_outs.reason is 'Why, in a few words.';
