-- One row per request, with its answer or the reason why there was none.
-- Grain: capture_id.
create table raw_captures (
    capture_id      text      not null,
    country_id      text      not null,
    round_id        text      not null check (regexp_full_match(round_id, '\d{4}-\d{2}')),
    site_id         text      not null,
    seq             bigint    not null check (seq >= 0),
    url             text      not null,
    referrer_url    text,
    link_text       text,
    depth           integer   not null,
    source          text      not null check (source in ('web', 'warc', 'cdx')),
    captured_at     timestamp not null,
    outcome         text      not null,
    outcome_detail  text,
    http_status     integer,
    content_type    text,
    media_type      text,
    byte_count      bigint    not null,
    wire_byte_count bigint,
    body_sha256     text,
    etag            text,
    last_modified   text,
    redirect_url    text,
    robots_rule     text,
    delay_seconds   double    not null,
    elapsed_seconds double    not null,
    tls_fault       text,
    ip_address      text,
    warc_file       text,
    warc_offset     bigint,
    warc_length     bigint,
    warc_record_id  text,
    revisit_of      text,
    render_mode     text      not null check (render_mode in ('wire', 'rendered'))
);

insert into raw_captures by name
select *
from source.raw_captures
order by round_id, site_id, seq;

comment on table raw_captures is 'Every request of every round, and what came of it.';
comment on column raw_captures.capture_id is 'Stable id of the request: from its WARC record, else from round, site and number.';
comment on column raw_captures.country_id is 'Country whose round this was.';
comment on column raw_captures.round_id is 'Month of the round, YYYY-MM.';
comment on column raw_captures.site_id is 'Site that was asked.';
comment on column raw_captures.seq is 'Number of the request within the site''s round, from 0.';
comment on column raw_captures.url is 'Address that was asked for.';
comment on column raw_captures.referrer_url is 'Page whose link led here.';
comment on column raw_captures.link_text is 'Words of that link.';
comment on column raw_captures.depth is 'Links followed from a first address of the site.';
comment on column raw_captures.source is 'Where the answer came from: web, warc or cdx.';
comment on column raw_captures.captured_at is 'When it was asked, UTC.';
comment on column raw_captures.outcome is 'What came of it: an outcome of codes_outcomes.';
comment on column raw_captures.outcome_detail is 'The rule or the error, in words.';
comment on column raw_captures.http_status is 'HTTP status; empty when there was no answer.';
comment on column raw_captures.content_type is 'Type of content that the server declared.';
comment on column raw_captures.media_type is 'Type of content that the bytes show.';
comment on column raw_captures.byte_count is 'Bytes of the body, after decoding transfer and content encoding.';
comment on column raw_captures.wire_byte_count is 'Bytes of the body as they came over the wire, still packed; empty where nobody counted.';
comment on column raw_captures.body_sha256 is 'SHA-256 of the body.';
comment on column raw_captures.etag is 'ETag that the server sent.';
comment on column raw_captures.last_modified is 'Last-Modified that the server sent.';
comment on column raw_captures.redirect_url is 'Where the answer pointed to.';
comment on column raw_captures.robots_rule is 'Rule of robots.txt that forbade the request.';
comment on column raw_captures.delay_seconds is 'Seconds waited between requests to this host.';
comment on column raw_captures.elapsed_seconds is 'Seconds until the answer was complete.';
comment on column raw_captures.tls_fault is 'What was wrong with the certificate or the encryption.';
comment on column raw_captures.ip_address is 'Address that answered.';
comment on column raw_captures.warc_file is 'WARC file with the answer, beside captures.parquet.';
comment on column raw_captures.warc_offset is 'Bytes into the WARC file where the record begins.';
comment on column raw_captures.warc_length is 'Bytes of the record in the WARC file.';
comment on column raw_captures.warc_record_id is 'Id of the record in the WARC file.';
comment on column raw_captures.revisit_of is 'Request whose body this one repeats.';
comment on column raw_captures.render_mode is 'What the bytes are: wire, as the server sent them, or rendered, the page after its scripts had run, which is no request of its own.';
