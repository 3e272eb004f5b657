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
with steps as (
    select service_id, round_id, country_id, is_complete
    from core_service_rows
    union all by name
    select service_id, round_id, country_id, true as is_complete
    from core_service_rounds
    where state = 'gone'
),

counted as (
    select
        *,
        count(*) filter (where is_complete) over (partition by service_id order by round_id) as complete_count
    from steps
),

words as (
    select value, masked(value) as masked_value
    from (select distinct value from core_service_facts)
),

stated as (
    select
        facts.service_id,
        facts.round_id,
        facts.fact,
        facts.language,
        words.masked_value as value,
        min(facts.quote) as quote,
        arg_min(facts.page_id, facts.quote) as page_id
    from core_service_facts as facts
    inner join words using (value)
    group by facts.service_id, facts.round_id, facts.fact, facts.language, words.masked_value
),

numbered as (
    select
        stated.*,
        counted.country_id,
        counted.complete_count,
        counted.complete_count - cast(counted.is_complete as integer)
            > lag(counted.complete_count) over history as is_begin
    from stated
    inner join counted using (service_id, round_id)
    window history as (
        partition by stated.service_id, stated.fact, stated.language, stated.value order by stated.round_id
    )
),

spans as (
    select
        *,
        count(*) filter (where is_begin) over (
            partition by service_id, fact, language, value order by round_id
        ) as span
    from numbered
),

facts as (
    select
        service_id,
        country_id,
        fact,
        language,
        value,
        min(round_id) as first_seen_round,
        max(round_id) as last_seen_round,
        max(complete_count) + 1 as ended_count,
        arg_max(quote, round_id) as quote,
        arg_max(page_id, round_id) as page_id
    from spans
    group by service_id, country_id, fact, language, value, span
),

ended as (
    select service_id, complete_count, round_id
    from counted
    where is_complete
)

select
    facts.* exclude (ended_count, page_id, quote),
    begins.valid_from,
    ends.valid_from as valid_to,
    masked(facts.quote) as quote,
    pages.url as page_url,
    pages.capture_id
from facts
inner join core_rounds as begins
    on facts.country_id = begins.country_id and facts.first_seen_round = begins.round_id
left join ended
    on facts.service_id = ended.service_id and facts.ended_count = ended.complete_count
left join core_rounds as ends
    on facts.country_id = ends.country_id and ended.round_id = ends.round_id
left join core_pages as pages
    on facts.last_seen_round = pages.round_id and facts.page_id = pages.page_id
order by facts.service_id, facts.fact, facts.language, facts.value, facts.first_seen_round;

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
