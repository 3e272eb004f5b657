-- What is found of openness, or of the indicators of a site, has the words that show it, their address, and the
-- WARC record that holds them.
-- severity: error
with shown as (
    select country_id, institution_id, subject_id as asked_id, state, quote, evidence_url, warc_file, warc_offset, body_sha256
    from out_openness
    union all by name
    select country_id, institution_id, indicator_id as asked_id, state, quote, evidence_url, warc_file, warc_offset, body_sha256
    from out_institution_indicators
)

select country_id, institution_id, asked_id, quote, evidence_url, warc_file, warc_offset
from shown
where (state = 'found') <> (
    nullif(trim(quote), '') is not null
    and nullif(evidence_url, '') is not null
    and warc_file is not null
    and warc_offset is not null
    and body_sha256 is not null
);
