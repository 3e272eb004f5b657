-- One row per institution and subject of openness or participation.
-- Grain: country_id, institution_id, subject_id.
create table out_openness (
    country_id     text not null,
    institution_id text not null,
    subject_id     text not null,
    part           text not null check (part in ('participation', 'openness')),
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
    primary key (country_id, institution_id, subject_id)
);

insert into out_openness by name
select shown.* exclude (asked_id), subjects.subject_id, subjects.part
from core_shown as shown
inner join codes_openness_subjects as subjects
    on shown.asked_id = subjects.subject_id
order by shown.country_id, shown.institution_id, subjects.subject_id;

comment on table out_openness is 'What each institution''s own sites show of openness and participation, with the words that show it. Missing is said only where all its sites could be seen.';
comment on column out_openness.country_id is 'The country.';
comment on column out_openness.institution_id is 'The public body.';
comment on column out_openness.subject_id is 'Subject of openness or participation.';
comment on column out_openness.part is 'participation: people are heard; openness: information is laid open.';
comment on column out_openness.state is 'found; missing: all its sites were seen in the newest round and none shows it; not_observed: they could not all be seen.';
comment on column out_openness.indicator_id is 'Indicator that shows it, or the id of the subject where its own words do; empty where it was not found.';
comment on column out_openness.finding_id is 'The finding; empty where it was not found.';
comment on column out_openness.quote is 'The words that show it, letter by letter as on the page; empty where it was not found.';
comment on column out_openness.evidence_url is 'Address of the page with those words.';
comment on column out_openness.place is 'Where the words stand: text, or an attribute as tag@attribute.';
comment on column out_openness."offset" is 'Characters into the text of the page; -1 for an attribute.';
comment on column out_openness.region is 'Part of the page: header, navigation, main, aside or footer.';
comment on column out_openness.round_id is 'Round in which it was seen, YYYY-MM.';
comment on column out_openness.capture_id is 'Request that gave the page; empty where it was not found.';
comment on column out_openness.captured_at is 'When the page was asked for, UTC.';
comment on column out_openness.warc_file is 'WARC file that holds the page, as a path under the data folder.';
comment on column out_openness.warc_offset is 'Bytes into the WARC file where the record of the page begins.';
comment on column out_openness.body_sha256 is 'SHA-256 of the page as it was received.';
