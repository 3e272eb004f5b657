-- One row per fact about a service, with its quote.
-- Grain: service_id, fact, page_url, offset, value, quote, language.
create table out_service_facts (
    service_id text not null,
    fact       text not null,
    value      text not null,
    quote      text not null,
    language   text not null,
    page_url   text,
    "offset"   bigint not null,
    capture_id text
);

insert into out_service_facts by name
select distinct
    facts.service_id,
    facts.fact,
    masked(facts.value) as value,
    masked(facts.quote) as quote,
    facts.language,
    pages.url as page_url,
    facts."offset",
    pages.capture_id
from core_service_facts as facts
inner join core_known_services as rounds
    on facts.service_id = rounds.service_id and facts.round_id = rounds.kept_round_id
left join core_pages as pages
    on facts.round_id = pages.round_id and facts.page_id = pages.page_id
order by facts.service_id, facts.fact, page_url, facts."offset", value, quote, facts.language;

comment on table out_service_facts is 'Facts about services: who can ask, what it costs, how long it takes; each with the words that state it.';
comment on column out_service_facts.service_id is 'The service.';
comment on column out_service_facts.fact is 'What is stated: recipients, documents_required, fee, processing_time, legal_basis, result or channel.';
comment on column out_service_facts.value is 'The fact, normalised where that can be done, else the quote.';
comment on column out_service_facts.quote is 'Words on the page, letter by letter; personal numbers are blacked out.';
comment on column out_service_facts.language is 'Language of the words, ISO 639-1.';
comment on column out_service_facts.page_url is 'Address of the page that states it.';
comment on column out_service_facts."offset" is 'Characters into the text of the page where the words begin.';
comment on column out_service_facts.capture_id is 'Request that gave the page.';
