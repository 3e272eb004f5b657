-- One row per fact about a service, with its quote.
-- Grain: round_id, service_id, fact, page_id, offset, value.
create table core_service_facts (
    service_id text   not null,
    round_id   text   not null,
    fact       text   not null,
    value      text   not null,
    quote      text   not null,
    page_id    text   not null,
    "offset"   bigint not null,
    language   text   not null
);

insert into core_service_facts by name
select *
from source.core_service_facts
order by round_id, service_id, fact, page_id, "offset", value;

comment on table core_service_facts is 'Facts about services, each with the words that state it.';
comment on column core_service_facts.service_id is 'The service.';
comment on column core_service_facts.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_facts.fact is 'What is stated: recipients, documents_required, fee, processing_time, legal_basis, result or channel.';
comment on column core_service_facts.value is 'The fact, normalised where that can be done, else the quote.';
comment on column core_service_facts.quote is 'The words, letter by letter as on the page.';
comment on column core_service_facts.page_id is 'Page that states it.';
comment on column core_service_facts."offset" is 'Characters into the text of the page.';
comment on column core_service_facts.language is 'Language of the words, ISO 639-1.';
