-- One row per request whose bytes are kept: where they lie, also where the request only repeated another.
-- Grain: capture_id.
create table core_places (
    capture_id  text      not null,
    captured_at timestamp not null,
    warc_file   text      not null,
    warc_offset bigint    not null,
    body_sha256 text
);

insert into core_places by name
with located as (
    select
        captures.capture_id,
        captures.captured_at,
        if(originals.warc_file is null, captures, originals) as holder
    from raw_captures as captures
    left join raw_captures as originals
        on captures.revisit_of = originals.capture_id
)

select
    capture_id,
    captured_at,
    concat_ws('/', 'captures', holder.round_id, holder.site_id, holder.warc_file) as warc_file,
    holder.warc_offset as warc_offset,
    holder.body_sha256 as body_sha256
from located
where holder.warc_file is not null and holder.warc_offset is not null
order by capture_id;

comment on table core_places is 'Where the bytes of each request lie.';
comment on column core_places.capture_id is 'The request.';
comment on column core_places.captured_at is 'When it was asked, UTC.';
comment on column core_places.warc_file is 'WARC file, as a path under the data folder.';
comment on column core_places.warc_offset is 'Bytes into the WARC file where the record begins.';
comment on column core_places.body_sha256 is 'SHA-256 of the body.';
