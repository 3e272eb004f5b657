-- One row per institution and indicator of a site.
-- Grain: country_id, institution_id, indicator_id.
create table out_institution_indicators (
    country_id     text not null,
    institution_id text not null,
    indicator_id   text not null,
    stage          utinyint not null check (stage between 1 and 4),
    state          text not null check (state in ('found', 'missing', 'not_observed')),
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
    primary key (country_id, institution_id, indicator_id)
);

insert into out_institution_indicators by name
select shown.* exclude (asked_id, indicator_id), indicators.indicator_id, indicators.stage
from core_shown as shown
inner join codes_indicators as indicators
    on shown.asked_id = indicators.indicator_id
where indicators.level = 'site'
order by shown.country_id, shown.institution_id, indicators.indicator_id;

comment on table out_institution_indicators is 'What each institution''s own sites show of the indicators of a site, with the words that show it. Missing is said only where all its sites could be seen.';
comment on column out_institution_indicators.country_id is 'The country.';
comment on column out_institution_indicators.institution_id is 'The public body.';
comment on column out_institution_indicators.indicator_id is 'Indicator of a site.';
comment on column out_institution_indicators.stage is 'Stage that the indicator is evidence for, 1 to 4.';
comment on column out_institution_indicators.state is 'found; missing: all its sites were seen in the newest round and none shows it; not_observed: they could not all be seen.';
comment on column out_institution_indicators.finding_id is 'The finding; empty where it was not found.';
comment on column out_institution_indicators.quote is 'The words that show it, letter by letter as on the page; empty where it was not found.';
comment on column out_institution_indicators.evidence_url is 'Address of the page with those words.';
comment on column out_institution_indicators.place is 'Where the words stand: text, or an attribute as tag@attribute.';
comment on column out_institution_indicators."offset" is 'Characters into the text of the page; -1 for an attribute.';
comment on column out_institution_indicators.region is 'Part of the page: header, navigation, main, aside or footer.';
comment on column out_institution_indicators.round_id is 'Round in which it was seen, YYYY-MM.';
comment on column out_institution_indicators.capture_id is 'Request that gave the page; empty where it was not found.';
comment on column out_institution_indicators.captured_at is 'When the page was asked for, UTC.';
comment on column out_institution_indicators.warc_file is 'WARC file that holds the page, as a path under the data folder.';
comment on column out_institution_indicators.warc_offset is 'Bytes into the WARC file where the record of the page begins.';
comment on column out_institution_indicators.body_sha256 is 'SHA-256 of the page as it was received.';
