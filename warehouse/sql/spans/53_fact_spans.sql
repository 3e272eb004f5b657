-- One row per fact of a service and run of rounds in which its pages stated it.
-- Grain: service_id, fact, language, value, first_seen_round.
-- A fact has ended only when every page of the service was seen without it, or the service was gone.
create table core_fact_spans (
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

update core_fact_spans
set last_seen_round = stated.round_id, quote = stated.quote, page_url = stated.page_url, capture_id = stated.capture_id
from core_stated_facts as stated
where stated.round_id = getvariable('round_id')
    and core_fact_spans.valid_to is null
    and core_fact_spans.service_id = stated.service_id
    and core_fact_spans.fact = stated.fact
    and core_fact_spans.language = stated.language
    and core_fact_spans.value = stated.value;

insert into core_fact_spans by name
select
    stated.service_id,
    stated.country_id,
    stated.fact,
    stated.language,
    stated.value,
    stated.round_id as first_seen_round,
    stated.round_id as last_seen_round,
    rounds.valid_from,
    stated.quote,
    stated.page_url,
    stated.capture_id
from core_stated_facts as stated
inner join core_rounds as rounds using (country_id, round_id)
anti join (
    select *
    from core_fact_spans
    where valid_to is null
) as spans
    on stated.service_id = spans.service_id
    and stated.fact = spans.fact
    and stated.language = spans.language
    and stated.value = spans.value
where stated.round_id = getvariable('round_id')
order by stated.service_id, stated.fact, stated.language, stated.value;

update core_fact_spans
set valid_to = rounds.valid_from
from core_rounds as rounds
where rounds.round_id = getvariable('round_id')
    and core_fact_spans.country_id = rounds.country_id
    and core_fact_spans.valid_to is null
    and core_fact_spans.last_seen_round < rounds.round_id
    and core_fact_spans.service_id in (
        select service_id
        from core_service_rows
        where round_id = getvariable('round_id') and is_complete
        union
        select service_id
        from core_service_rounds
        where round_id = getvariable('round_id') and state = 'gone'
    );

comment on table core_fact_spans is 'Since when and until when the pages of each service stated each fact.';
comment on column core_fact_spans.service_id is 'The service.';
comment on column core_fact_spans.country_id is 'Country it belongs to.';
comment on column core_fact_spans.fact is 'What is stated: recipients, documents_required, fee, processing_time, legal_basis, result or channel.';
comment on column core_fact_spans.language is 'Language of the words, ISO 639-1.';
comment on column core_fact_spans.value is 'The fact, normalised where that can be done, else the quote.';
comment on column core_fact_spans.first_seen_round is 'Round in which it was first seen so.';
comment on column core_fact_spans.last_seen_round is 'Last round in which it was seen so.';
comment on column core_fact_spans.valid_from is 'Day from which it was known so.';
comment on column core_fact_spans.valid_to is 'Day from which it was known otherwise, or gone; empty while it holds.';
comment on column core_fact_spans.quote is 'Words on the page, letter by letter; personal numbers are blacked out.';
comment on column core_fact_spans.page_url is 'Address of the page that states it.';
comment on column core_fact_spans.capture_id is 'Request that gave the page.';
