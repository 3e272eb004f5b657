-- One row per request whose bytes are kept: where they lie, also where the request only repeated another.
-- Grain: capture_id.
create table core_places (
    capture_id  text      not null,
    holder_id   text      not null,
    captured_at timestamp not null,
    warc_file   text      not null,
    warc_offset bigint    not null,
    body_sha256 text
);

insert into core_places by name
with written as (
    select
        capture_id,
        captured_at,
        revisit_of,
        if(warc_file is null, null, concat_ws('/', 'captures', round_id, site_id, warc_file)) as warc_file,
        warc_offset,
        body_sha256
    from raw_captures
    where round_id = getvariable('round_id')
),

originals as (
    select capture_id, capture_id as holder_id, warc_file, warc_offset, body_sha256
    from written
    where warc_file is not null
    union all by name
    select capture_id, holder_id, warc_file, warc_offset, body_sha256
    from core_places
)

select
    written.capture_id,
    coalesce(originals.holder_id, written.capture_id) as holder_id,
    written.captured_at,
    coalesce(originals.warc_file, written.warc_file) as warc_file,
    coalesce(originals.warc_offset, written.warc_offset) as warc_offset,
    if(originals.capture_id is null, written.body_sha256, originals.body_sha256) as body_sha256
from written
left join originals
    on written.revisit_of = originals.capture_id
where coalesce(originals.warc_file, written.warc_file) is not null
    and coalesce(originals.warc_offset, written.warc_offset) is not null
order by written.capture_id;

comment on table core_places is 'Where the bytes of each request lie.';
comment on column core_places.capture_id is 'The request.';
comment on column core_places.holder_id is 'The request whose answer holds them: itself, or the one that it repeated.';
comment on column core_places.captured_at is 'When it was asked, UTC.';
comment on column core_places.warc_file is 'WARC file, as a path under the data folder.';
comment on column core_places.warc_offset is 'Bytes into the WARC file where the record begins.';
comment on column core_places.body_sha256 is 'SHA-256 of the body.';
