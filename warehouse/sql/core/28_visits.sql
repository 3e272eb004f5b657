-- One row per site and round in which a visit of it was begun: how it ended.
-- Grain: round_id, site_id.
create table core_visits (
    site_id            text    not null,
    country_id         text    not null,
    round_id           text    not null,
    finish             text    not null,
    detail             text,
    is_cut_short       boolean not null,
    seen_count         bigint  not null,
    attempt_count      bigint  not null,
    vain_attempt_count bigint  not null,
    manifest_sha256    text
);

insert into core_visits by name
select *
from source.core_visits
order by round_id, site_id;

comment on table core_visits is 'How the visit of each site ended in each round.';
comment on column core_visits.site_id is 'Site that was visited.';
comment on column core_visits.country_id is 'Country whose round this was.';
comment on column core_visits.round_id is 'Month of the round, YYYY-MM.';
comment on column core_visits.finish is 'Why the visit ended: a Finish of crawlers.reports; killed, when it never came to an end; unreported, when no visit of ours put the captures there.';
comment on column core_visits.detail is 'What went wrong, for a person.';
comment on column core_visits.is_cut_short is 'Whether it was stopped by us or by our machine, so that what it did not see says nothing of the site.';
comment on column core_visits.seen_count is 'Pages that could be looked at.';
comment on column core_visits.attempt_count is 'Visits in this round whose end was noted.';
comment on column core_visits.vain_attempt_count is 'Those of them that gave nothing better than what was there.';
comment on column core_visits.manifest_sha256 is 'SHA-256 of the manifest of its captures; empty when there is none.';
