-- One row per service, round and field that changed since it was last seen, with the evidence of both sides.
-- Grain: service_id, round_id, change, field.
create table out_changes (
    service_id         text not null,
    round_id           text not null,
    country_id         text not null,
    institution_id     text not null,
    change             text not null check (
        change in (
            'new', 'gone', 'back', 'moved', 'stage_up', 'stage_down', 'determined', 'undetermined', 'renamed', 'changed'
        )
    ),
    field              text not null,
    name               text not null,
    language           text,
    before             text,
    after              text,
    has_new_rules      boolean not null,
    before_round_id    text,
    before_quote       text,
    before_url         text,
    before_capture_id  text,
    before_captured_at timestamp,
    before_warc_file   text,
    before_warc_offset bigint,
    before_sha256      text,
    after_quote        text,
    after_url          text,
    after_capture_id   text,
    after_captured_at  timestamp,
    after_warc_file    text,
    after_warc_offset  bigint,
    after_sha256       text
);

insert into out_changes by name
select
    changes.service_id,
    changes.round_id,
    changes.country_id,
    known.institution_id,
    changes.change,
    changes.field,
    known.name,
    changes.language,
    masked(changes.before) as before,
    masked(changes.after) as after,
    coalesce(known.rubric_version <> past.rubric_version, false) as has_new_rules,
    changes.before_round_id,
    masked(old.quote) as before_quote,
    old.page_url as before_url,
    old.capture_id as before_capture_id,
    old_places.captured_at as before_captured_at,
    old_places.warc_file as before_warc_file,
    old_places.warc_offset as before_warc_offset,
    old_places.body_sha256 as before_sha256,
    masked(new.quote) as after_quote,
    new.page_url as after_url,
    new.capture_id as after_capture_id,
    new_places.captured_at as after_captured_at,
    new_places.warc_file as after_warc_file,
    new_places.warc_offset as after_warc_offset,
    new_places.body_sha256 as after_sha256
from core_changes as changes
inner join out_service_rounds as known using (service_id, round_id)
left join out_service_rounds as past
    on changes.service_id = past.service_id and changes.before_round_id = past.round_id
left join core_change_proofs as old
    on changes.service_id = old.service_id
    and changes.before_round_id = old.round_id
    and changes.field = old.field
    and changes.language is not distinct from old.language
left join core_change_proofs as new
    on changes.service_id = new.service_id
    and changes.round_id = new.round_id
    and changes.field = new.field
    and changes.language is not distinct from new.language
left join core_places as old_places
    on old.capture_id = old_places.capture_id
left join core_places as new_places
    on new.capture_id = new_places.capture_id
where changes.round_id = getvariable('round_id')
order by changes.service_id, changes.change, changes.field;

comment on table out_changes is 'What changed between rounds: which field of which service, before and after, with the evidence of both. Nothing is told because a site could not be seen: a service is new only where its site had been seen before, and gone only where it was looked for.';
comment on column out_changes.service_id is 'The service.';
comment on column out_changes.round_id is 'Round in which the change was seen.';
comment on column out_changes.country_id is 'Country it belongs to.';
comment on column out_changes.institution_id is 'Public body that provides it.';
comment on column out_changes.change is 'What happened: new, gone, back, moved to another site, stage_up, stage_down, determined or undetermined (of its stage), renamed, or changed (any other field).';
comment on column out_changes.field is 'Field that changed: state (of the service as a whole), stage, name, site_id, url, institution_id, fee, processing_days, life_event_id, cofog_division, or the name of a fact.';
comment on column out_changes.name is 'Name of the service.';
comment on column out_changes.language is 'Language of the words before and after, ISO 639-1; empty where they are no words of a page.';
comment on column out_changes.before is 'Value before; empty where there was none.';
comment on column out_changes.after is 'Value after; empty where there is none.';
comment on column out_changes.has_new_rules is 'Whether the rules of judging changed in between: then a change of stage may be theirs, not that of the service.';
comment on column out_changes.before_round_id is 'Round that saw what was before: where pages could not be seen since, not the last one.';
comment on column out_changes.before_quote is 'Words on the page that prove what was before; empty where the page as a whole shows it.';
comment on column out_changes.before_url is 'Address of the page that proves what was before.';
comment on column out_changes.before_capture_id is 'Request that gave the page that proves what was before.';
comment on column out_changes.before_captured_at is 'When the page that proves what was before was captured, UTC.';
comment on column out_changes.before_warc_file is 'WARC file that holds the page that proves what was before, as a path under the data folder.';
comment on column out_changes.before_warc_offset is 'Bytes into the WARC file where the record of the page that proves what was before begins.';
comment on column out_changes.before_sha256 is 'SHA-256 of the body of the page that proves what was before.';
comment on column out_changes.after_quote is 'Words on the page that prove what is now; empty where the page as a whole shows it.';
comment on column out_changes.after_url is 'Address of the page that proves what is now; of a service that is gone, the address that has it no more.';
comment on column out_changes.after_capture_id is 'Request that gave the page that proves what is now.';
comment on column out_changes.after_captured_at is 'When the page that proves what is now was captured, UTC.';
comment on column out_changes.after_warc_file is 'WARC file that holds the page that proves what is now, as a path under the data folder.';
comment on column out_changes.after_warc_offset is 'Bytes into the WARC file where the record of the page that proves what is now begins.';
comment on column out_changes.after_sha256 is 'SHA-256 of the body of the page that proves what is now.';
