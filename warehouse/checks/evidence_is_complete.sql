-- Every published stage has the words that prove it, their address, and the WARC record that holds them.
-- severity: error
select service_id, stage, quote, evidence_url, evidence_warc_file, evidence_warc_offset, evidence_sha256
from out_services
where stage is not null
    and (
        nullif(trim(quote), '') is null
        or nullif(evidence_url, '') is null
        or evidence_warc_file is null
        or evidence_warc_offset is null
        or evidence_sha256 is null
    );
