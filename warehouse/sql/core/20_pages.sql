-- One row per page that a capture gave, with the kind of page it is.
-- Grain: round_id, page_id.
create table core_pages (
    page_id           text      not null,
    capture_id        text      not null,
    country_id        text      not null,
    round_id          text      not null,
    site_id           text      not null,
    url               text      not null,
    outcome           text      not null,
    outcome_detail    text,
    captured_at       timestamp not null,
    title             text      not null,
    description       text      not null,
    language          text      not null,
    kind              text      not null,
    kind_confidence   double    not null check (kind_confidence between 0 and 1),
    text_sha256       text      not null,
    word_count        bigint    not null,
    link_count        bigint    not null,
    form_count        bigint    not null,
    media_type        text      not null,
    encoding_declared text,
    encoding_used     text      not null,
    is_blank_form     boolean,
    published_on      date,
    modified_on       date
);

insert into core_pages by name
select * exclude (text)
from source.core_pages
order by round_id, site_id, page_id;

comment on table core_pages is 'Pages as cleaned from captures, with the kind of page each is.';
comment on column core_pages.page_id is 'Id of the page.';
comment on column core_pages.capture_id is 'Request that gave it.';
comment on column core_pages.country_id is 'Country whose round this was.';
comment on column core_pages.round_id is 'Month of the round, YYYY-MM.';
comment on column core_pages.site_id is 'Site it belongs to.';
comment on column core_pages.url is 'Its address.';
comment on column core_pages.outcome is 'Outcome after reading: an answer with status 200 may still be a block page or a shell.';
comment on column core_pages.outcome_detail is 'The rule or the error, in words.';
comment on column core_pages.captured_at is 'When it was asked for, UTC.';
comment on column core_pages.title is 'Its title.';
comment on column core_pages.description is 'Its description of itself.';
comment on column core_pages.language is 'Its language, ISO 639-1; "und" when it cannot be told.';
comment on column core_pages.kind is 'Kind of page: service, service-list, application, news and so on.';
comment on column core_pages.kind_confidence is 'How sure the kind is, 0 to 1.';
comment on column core_pages.text_sha256 is 'SHA-256 of the text.';
comment on column core_pages.word_count is 'Words of the text.';
comment on column core_pages.link_count is 'Links on the page.';
comment on column core_pages.form_count is 'Forms on the page.';
comment on column core_pages.media_type is 'Type of content that the bytes show.';
comment on column core_pages.encoding_declared is 'Character encoding that the server or the page declared.';
comment on column core_pages.encoding_used is 'Character encoding that the page was read with; "twice over" names one in which the site had spoilt its text.';
comment on column core_pages.is_blank_form is 'Whether a document is a form to fill in; empty for pages that are no documents.';
comment on column core_pages.published_on is 'Day on which it was published, as the page says; empty when it does not.';
comment on column core_pages.modified_on is 'Day on which it was last changed, as the page says; empty when it does not.';
