-- One row per finding that counts for a service.
-- Grain: service_id, finding_id.
create table out_service_findings (
    service_id   text not null,
    finding_id   text not null,
    indicator_id text not null,
    stage        utinyint,
    proof_rank   integer,
    quote        text not null,
    page_url     text not null,
    place        text not null,
    "offset"     bigint not null,
    region       text not null,
    strength     text not null,
    round_id     text not null,
    capture_id   text not null,
    captured_at  timestamp,
    warc_file    text,
    warc_offset  bigint,
    body_sha256  text
);

insert into out_service_findings by name
select
    evidence.service_id,
    evidence.finding_id,
    evidence.indicator_id,
    indicators.stage,
    evidence.proof_rank,
    masked(findings.quote) as quote,
    findings.page_url,
    findings.place,
    findings."offset",
    findings.region,
    findings.strength,
    findings.round_id,
    findings.capture_id,
    places.captured_at,
    places.warc_file,
    places.warc_offset,
    places.body_sha256
from core_evidence as evidence
inner join core_known_services as rounds
    on evidence.service_id = rounds.service_id and evidence.round_id = rounds.kept_round_id
inner join core_findings as findings
    on evidence.round_id = findings.round_id and evidence.finding_id = findings.finding_id
left join core_places as places
    on findings.capture_id = places.capture_id
left join codes_indicators as indicators
    on evidence.indicator_id = indicators.indicator_id
order by evidence.service_id, evidence.finding_id;

comment on table out_service_findings is 'All evidence for each service: the words on its pages that show an indicator, and where they are kept.';
comment on column out_service_findings.service_id is 'The service.';
comment on column out_service_findings.finding_id is 'Id of the finding.';
comment on column out_service_findings.indicator_id is 'Indicator that the words show.';
comment on column out_service_findings.stage is 'Stage that the indicator is evidence for, 1 to 4.';
comment on column out_service_findings.proof_rank is 'Place among the findings that prove the stage of the service, 1 the best; empty for other evidence.';
comment on column out_service_findings.quote is 'Words on the page, letter by letter; personal numbers are blacked out.';
comment on column out_service_findings.page_url is 'Address of the page.';
comment on column out_service_findings.place is 'Where the words stand: text, or an attribute as tag@attribute.';
comment on column out_service_findings."offset" is 'Characters into the text of the page; -1 for an attribute.';
comment on column out_service_findings.region is 'Part of the page: header, navigation, main, aside or footer.';
comment on column out_service_findings.strength is 'direct, or site_wide: what every page of a site carries proves little for one service.';
comment on column out_service_findings.round_id is 'Round in which it was seen.';
comment on column out_service_findings.capture_id is 'Request that gave the page.';
comment on column out_service_findings.captured_at is 'When the page was captured, UTC.';
comment on column out_service_findings.warc_file is 'WARC file that holds the page, as a path under the data folder.';
comment on column out_service_findings.warc_offset is 'Bytes into the WARC file where its record begins.';
comment on column out_service_findings.body_sha256 is 'SHA-256 of the body of the page.';
