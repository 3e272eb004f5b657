-- One row per site: a host, or one path of a host, owned by one institution.
-- Grain: site_id.
create table out_sites (
    site_id           text not null primary key,
    country_id        text not null,
    institution_id    text not null,
    state             text not null check (state in ('live', 'lapsed', 'merged', 'historical', 'unlisted')),
    is_joint_portal   boolean not null,
    host              text not null,
    seed_url          text not null,
    languages         text[] not null,
    min_pages         integer,
    max_pages         integer,
    min_services      integer,
    max_services      integer,
    source            text not null,
    is_listed         boolean not null,
    as_of             date,
    last_ok_at        timestamp,
    attempts_since_ok bigint not null,
    voice             text
);

insert into out_sites by name
select
    sites.*,
    newest.as_of,
    newest.last_ok_at,
    coalesce(newest.attempts_since_ok, 0) as attempts_since_ok,
    newest.voice
from codes_sites as sites
left join out_coverage as newest
    on sites.site_id = newest.site_id and newest.is_newest
order by sites.site_id;

comment on table out_sites is 'Sites that are harvested, from the registries, and hosts that only an imported archive knew.';
comment on column out_sites.site_id is 'Stable id of the site: its country, then its short name.';
comment on column out_sites.country_id is 'Country it belongs to.';
comment on column out_sites.institution_id is 'Public body that owns it.';
comment on column out_sites.state is 'What the registry says of it: live, historical, lapsed, merged into a portal, or unlisted.';
comment on column out_sites.is_joint_portal is 'Whether it offers services of many public bodies.';
comment on column out_sites.host is 'Its host, with the port where it has one.';
comment on column out_sites.seed_url is 'Address from which its harvest starts.';
comment on column out_sites.languages is 'Its languages, ISO 639-1.';
comment on column out_sites.min_pages is 'Fewest pages that a healthy round gives; empty when nothing is expected.';
comment on column out_sites.max_pages is 'Most pages that a healthy round gives; empty when nothing is expected.';
comment on column out_sites.min_services is 'Fewest services that a healthy round gives; empty when nothing is expected.';
comment on column out_sites.max_services is 'Most services that a healthy round gives; empty when nothing is expected.';
comment on column out_sites.source is 'Where its address was found.';
comment on column out_sites.is_listed is 'Whether the registry lists it, rather than an imported archive alone.';
comment on column out_sites.as_of is 'Day on which a page of it was last seen.';
comment on column out_sites.last_ok_at is 'Last time that a page of it was seen, UTC.';
comment on column out_sites.attempts_since_ok is 'Rounds since then in which it was asked in vain; 0 when all is fresh.';
comment on column out_sites.voice is 'What it has to say in the newest round, by its own rhythm: see out_coverage.voice; empty where there was no round.';
