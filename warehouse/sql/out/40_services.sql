-- One row per public service, as known after the newest round of its country.
-- Grain: service_id.
create table out_services (
    service_id            text not null primary key,
    country_id            text not null,
    institution_id        text not null,
    site_id               text not null,
    name                  text not null,
    language              text not null,
    name_ky               text,
    name_ru               text,
    name_en               text,
    url                   text not null,
    kind                  text,
    stage                 utinyint check (stage between 1 and 4),
    confidence            double not null check (confidence between 0 and 1),
    reason                text not null,
    rubric_version        text not null,
    quote                 text,
    evidence_url          text,
    evidence_indicator_id text,
    evidence_capture_id   text,
    evidence_captured_at  timestamp,
    evidence_warc_file    text,
    evidence_warc_offset  bigint,
    evidence_sha256       text,
    missing               text[] not null,
    fee_amount            double check (fee_amount >= 0),
    fee_currency          text,
    is_free               boolean,
    processing_days       double check (processing_days >= 0),
    life_event_id         text,
    cofog_division        text,
    page_count            bigint not null,
    unseen_count          bigint not null,
    first_seen_round      text not null,
    last_seen_round       text not null,
    as_of                 date,
    last_ok_at            timestamp,
    attempts_since_ok     bigint not null,
    is_stale              boolean not null
);

insert into out_services by name
with names as (
    select
        service_id,
        round_id,
        min(name) filter (where language = 'ky') as name_ky,
        min(name) filter (where language = 'ru') as name_ru,
        min(name) filter (where language = 'en') as name_en
    from core_service_names
    group by service_id, round_id
),

best_proofs as (
    select evidence.service_id, evidence.round_id, findings.indicator_id, findings.quote, findings.page_url, findings.capture_id
    from core_evidence as evidence
    inner join core_findings as findings using (round_id, finding_id)
    where evidence.proof_rank = 1
),

-- Of all pages and requests of a country only those that services need: joined whole, they take its memory.
told as (
    select page_id, round_id, kind
    from core_pages
    where page_id in (select page_id from core_services)
),

places as (
    select capture_id, captured_at, warc_file, warc_offset, body_sha256
    from core_places
    where capture_id in (select capture_id from best_proofs)
),

-- Fields that a decision of corrections.yml puts right; a row has only those that are set.
corrected as (
    select
        codes.service_id,
        map_from_entries(list((codes.field, codes.after))) as fields
    from codes_corrections as codes
    inner join core_corrections as core using (correction_id)
    where core.state = 'applied'
    group by codes.service_id
)

select
    rounds.service_id,
    services.country_id,
    services.institution_id,
    services.site_id,
    masked(services.name) as name,
    services.language,
    masked(if(map_contains(corrected.fields, 'name_ky'), corrected.fields['name_ky'], names.name_ky)) as name_ky,
    masked(if(map_contains(corrected.fields, 'name_ru'), corrected.fields['name_ru'], names.name_ru)) as name_ru,
    masked(if(map_contains(corrected.fields, 'name_en'), corrected.fields['name_en'], names.name_en)) as name_en,
    services.url,
    pages.kind,
    verdicts.stage,
    coalesce(verdicts.confidence, 0) as confidence,
    coalesce(verdicts.reason, 'not-judged') as reason,
    coalesce(verdicts.rubric_version, '') as rubric_version,
    masked(best_proofs.quote) as quote,
    best_proofs.page_url as evidence_url,
    best_proofs.indicator_id as evidence_indicator_id,
    best_proofs.capture_id as evidence_capture_id,
    places.captured_at as evidence_captured_at,
    places.warc_file as evidence_warc_file,
    places.warc_offset as evidence_warc_offset,
    places.body_sha256 as evidence_sha256,
    coalesce(verdicts.missing, []) as missing,
    if(map_contains(corrected.fields, 'fee_amount'), cast(corrected.fields['fee_amount'] as double), services.fee_amount) as fee_amount,
    if(map_contains(corrected.fields, 'fee_currency'), cast(corrected.fields['fee_currency'] as text), services.fee_currency) as fee_currency,
    if(map_contains(corrected.fields, 'is_free'), cast(corrected.fields['is_free'] as boolean), services.is_free) as is_free,
    if(map_contains(corrected.fields, 'processing_days'), cast(corrected.fields['processing_days'] as double), services.processing_days) as processing_days,
    if(map_contains(corrected.fields, 'life_event_id'), cast(corrected.fields['life_event_id'] as text), services.life_event_id) as life_event_id,
    services.cofog_division,
    services.page_count,
    services.unseen_count,
    rounds.first_seen_round,
    rounds.last_seen_round,
    cast(service_rows.seen_at as date) as as_of,
    rounds.last_ok_at,
    rounds.attempts_since_ok,
    rounds.state = 'kept' as is_stale
from core_known_services as rounds
inner join core_services as services
    on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
inner join core_service_rows as service_rows
    on rounds.service_id = service_rows.service_id and rounds.kept_round_id = service_rows.round_id
left join core_verdicts as verdicts
    on rounds.service_id = verdicts.service_id and rounds.kept_round_id = verdicts.round_id
left join told as pages
    on services.page_id = pages.page_id and services.round_id = pages.round_id
left join corrected
    on rounds.service_id = corrected.service_id
left join names
    on rounds.service_id = names.service_id and rounds.kept_round_id = names.round_id
left join best_proofs
    on rounds.service_id = best_proofs.service_id and rounds.kept_round_id = best_proofs.round_id
left join places
    on best_proofs.capture_id = places.capture_id
order by rounds.service_id;

comment on table out_services is 'Every public service that was found, its stage, and the words that prove it. A service that could not be looked at keeps its last good row.';
comment on column out_services.service_id is 'Stable id of the service.';
comment on column out_services.country_id is 'Country it belongs to.';
comment on column out_services.institution_id is 'Public body that provides it, also where it stands on the joint portal.';
comment on column out_services.site_id is 'Site where it was found best described.';
comment on column out_services.name is 'Its name, in the words of the page that describes it best.';
comment on column out_services.language is 'Language of name, ISO 639-1.';
comment on column out_services.name_ky is 'Its name on a page in Kyrgyz; empty when no such page was found.';
comment on column out_services.name_ru is 'Its name on a page in Russian; empty when no such page was found.';
comment on column out_services.name_en is 'Its name on a page in English; empty when no such page was found.';
comment on column out_services.url is 'Address of the page that describes it best.';
comment on column out_services.kind is 'Kind of that page: service, application, service-list and so on.';
comment on column out_services.stage is 'How far it has gone online: UN stage 1 to 4; empty when that could not be determined.';
comment on column out_services.confidence is 'How sure the stage is, 0 to 1.';
comment on column out_services.reason is 'Rule that gave the stage, or why there is none.';
comment on column out_services.rubric_version is 'Version of the rules that judged it.';
comment on column out_services.quote is 'Words on the page that prove the stage, letter by letter; personal numbers are blacked out.';
comment on column out_services.evidence_url is 'Address of the page that proves the stage.';
comment on column out_services.evidence_indicator_id is 'Indicator that those words show.';
comment on column out_services.evidence_capture_id is 'Request that gave that page.';
comment on column out_services.evidence_captured_at is 'When that page was captured, UTC.';
comment on column out_services.evidence_warc_file is 'WARC file that holds that page, as a path under the data folder.';
comment on column out_services.evidence_warc_offset is 'Bytes into the WARC file where its record begins.';
comment on column out_services.evidence_sha256 is 'SHA-256 of the body of that page.';
comment on column out_services.missing is 'Indicators of which any one alone would prove the next stage.';
comment on column out_services.fee_amount is 'Fee, in fee_currency; empty when the pages do not say.';
comment on column out_services.fee_currency is 'Currency of the fee, ISO 4217.';
comment on column out_services.is_free is 'Whether it costs nothing; empty when the pages do not say.';
comment on column out_services.processing_days is 'Days until the result; empty when the pages do not say.';
comment on column out_services.life_event_id is 'Occasion in life that it belongs to.';
comment on column out_services.cofog_division is 'Division of the UN classification of the functions of government, 01 to 10.';
comment on column out_services.page_count is 'Pages that speak of it.';
comment on column out_services.unseen_count is 'Its pages that could not be looked at.';
comment on column out_services.first_seen_round is 'Round in which it was first seen.';
comment on column out_services.last_seen_round is 'Last round in which pages spoke of it.';
comment on column out_services.as_of is 'Day on which what this row says was last seen to be so.';
comment on column out_services.last_ok_at is 'Last time that one of its pages was seen, UTC.';
comment on column out_services.attempts_since_ok is 'Rounds since then in which its site was asked in vain; 0 when all is fresh.';
comment on column out_services.is_stale is 'Whether this row is kept from an earlier round because the newest could not look.';
