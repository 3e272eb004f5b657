-- Each service with the words that prove its stage, and where they stand in the archive.
select
    service_id, country_id, institution_id, site_id, name, language, url, kind, stage, confidence, quote,
    evidence_url, evidence_warc_file, evidence_warc_offset, missing, fee_amount, fee_currency, is_free,
    processing_days, first_seen_round, as_of, last_ok_at, attempts_since_ok
from out_services
order by service_id;
