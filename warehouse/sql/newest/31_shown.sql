-- One row per institution and thing asked of its sites as a whole: a subject of openness, or an indicator of a site.
-- Grain: country_id, institution_id, asked_id.
create table core_shown (
    country_id     text not null,
    institution_id text not null,
    asked_id       text not null,
    state          text not null check (state in ('found', 'missing', 'not_observed')),
    indicator_id   text,
    finding_id     text,
    quote          text,
    evidence_url   text,
    place          text,
    "offset"       bigint,
    region         text,
    round_id       text,
    capture_id     text,
    captured_at    timestamp,
    warc_file      text,
    warc_offset    bigint,
    body_sha256    text,
    primary key (country_id, institution_id, asked_id)
);

insert into core_shown by name
with last_looks as (
    select site_id, max(round_id) as round_id
    from core_site_rounds
    where seen_count > 0
    group by site_id
),

-- A site that lapsed or was merged into another cannot show anything, and keeps nobody from saying so.
bodies as (
    select
        sites.country_id,
        sites.institution_id,
        bool_and(coalesce(looks.seen_count > 0 and looks.main_outcome is null, false)) as is_all_seen
    from codes_sites as sites
    inner join core_rounds as rounds
        on sites.country_id = rounds.country_id and rounds.is_newest
    left join core_site_rounds as looks
        on sites.site_id = looks.site_id and rounds.round_id = looks.round_id
    where sites.state in ('live', 'unlisted')
    group by sites.country_id, sites.institution_id
),

-- Every subject is shown by words of its own and by its indicators; an indicator of a site by its own words alone.
shows as (
    select subject_id as asked_id, subject_id as indicator_id
    from codes_openness_subjects
    union
    select subject_id as asked_id, unnest(indicator_ids) as indicator_id
    from codes_openness_subjects
    union
    select indicator_id as asked_id, indicator_id
    from codes_indicators
    where level = 'site'
),

asked as (
    select distinct asked_id
    from shows
),

-- Words about the page's own matter show more than a menu; a short address is nearer to the front page.
best as (
    select sites.country_id, sites.institution_id, shows.asked_id, findings.* exclude (country_id)
    from core_findings as findings
    inner join last_looks using (site_id, round_id)
    inner join codes_sites as sites using (site_id)
    inner join shows using (indicator_id)
    qualify row_number() over (
        partition by sites.country_id, sites.institution_id, shows.asked_id
        order by findings.strength, length(findings.page_url), findings.page_url, findings.finding_id
    ) = 1
)

select
    institutions.country_id,
    institutions.institution_id,
    asked.asked_id,
    case
        when best.finding_id is not null then 'found'
        when bodies.is_all_seen then 'missing'
        else 'not_observed'
    end as state,
    best.indicator_id,
    best.finding_id,
    masked(best.quote) as quote,
    best.page_url as evidence_url,
    best.place,
    best."offset",
    best.region,
    best.round_id,
    best.capture_id,
    places.captured_at,
    places.warc_file,
    places.warc_offset,
    places.body_sha256
from codes_institutions as institutions
cross join asked
left join bodies
    on institutions.country_id = bodies.country_id
    and institutions.institution_id = bodies.institution_id
left join best
    on institutions.country_id = best.country_id
    and institutions.institution_id = best.institution_id
    and asked.asked_id = best.asked_id
left join core_places as places
    on best.capture_id = places.capture_id
order by institutions.country_id, institutions.institution_id, asked.asked_id;

comment on table core_shown is 'What each institution''s own sites show of what is asked of a site as a whole. Missing is said only where all its sites could be seen.';
comment on column core_shown.country_id is 'The country.';
comment on column core_shown.institution_id is 'The public body.';
comment on column core_shown.asked_id is 'Subject of openness or participation, or indicator of a site.';
comment on column core_shown.state is 'found; missing: all its sites were seen in the newest round and none shows it; not_observed: they could not all be seen.';
comment on column core_shown.indicator_id is 'Indicator that shows it, or the id of the subject where its own words do; empty where it was not found.';
comment on column core_shown.finding_id is 'The finding; empty where it was not found.';
comment on column core_shown.quote is 'The words that show it, letter by letter as on the page; empty where it was not found.';
comment on column core_shown.evidence_url is 'Address of the page with those words.';
comment on column core_shown.place is 'Where the words stand: text, or an attribute as tag@attribute.';
comment on column core_shown."offset" is 'Characters into the text of the page; -1 for an attribute.';
comment on column core_shown.region is 'Part of the page: header, navigation, main, aside or footer.';
comment on column core_shown.round_id is 'Round in which it was seen, YYYY-MM.';
comment on column core_shown.capture_id is 'Request that gave the page; empty where it was not found.';
comment on column core_shown.captured_at is 'When the page was asked for, UTC.';
comment on column core_shown.warc_file is 'WARC file that holds the page, as a path under the data folder.';
comment on column core_shown.warc_offset is 'Bytes into the WARC file where the record of the page begins.';
comment on column core_shown.body_sha256 is 'SHA-256 of the page as it was received.';
