-- What is found of openness has the words that show it, their address, and the WARC record that holds them.
-- severity: error
select country_id, institution_id, subject_id, quote, evidence_url, warc_file, warc_offset
from out_openness
where (state = 'found') <> (
    nullif(trim(quote), '') is not null
    and nullif(evidence_url, '') is not null
    and warc_file is not null
    and warc_offset is not null
    and body_sha256 is not null
);
