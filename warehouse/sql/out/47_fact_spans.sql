-- One row per fact of a service and run of rounds in which its pages stated it.
-- Grain: service_id, fact, language, value, first_seen_round.
-- A fact has ended only when every page of the service was seen without it, or the service was gone.
create table out_fact_spans (
    service_id       text not null,
    country_id       text not null,
    fact             text not null,
    language         text not null,
    value            text not null,
    first_seen_round text not null,
    last_seen_round  text not null,
    valid_from       date not null,
    valid_to         date,
    quote            text not null,
    page_url         text,
    capture_id       text
);

insert into out_fact_spans by name
select *
from core_fact_spans
order by service_id, fact, language, value, first_seen_round;

comment on table out_fact_spans is 'Since when and until when the pages of each service stated each fact.';
comment on column out_fact_spans.service_id is 'The service.';
comment on column out_fact_spans.country_id is 'Country it belongs to.';
comment on column out_fact_spans.fact is 'What is stated: recipients, documents_required, fee, processing_time, legal_basis, result or channel.';
comment on column out_fact_spans.language is 'Language of the words, ISO 639-1.';
comment on column out_fact_spans.value is 'The fact, normalised where that can be done, else the quote.';
comment on column out_fact_spans.first_seen_round is 'Round in which it was first seen so.';
comment on column out_fact_spans.last_seen_round is 'Last round in which it was seen so.';
comment on column out_fact_spans.valid_from is 'Day from which it was known so.';
comment on column out_fact_spans.valid_to is 'Day from which it was known otherwise, or gone; empty while it holds.';
comment on column out_fact_spans.quote is 'Words on the page, letter by letter; personal numbers are blacked out.';
comment on column out_fact_spans.page_url is 'Address of the page that states it.';
comment on column out_fact_spans.capture_id is 'Request that gave the page.';
