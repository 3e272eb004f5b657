-- One row per service, round and fact that its pages state, in words that may be published.
-- Grain: round_id, service_id, fact, language, value.
create table core_stated_facts (
    service_id text not null,
    round_id   text not null,
    country_id text not null,
    fact       text not null,
    language   text not null,
    value      text not null,
    quote      text not null,
    page_url   text,
    capture_id text
);

insert into core_stated_facts by name
with words as (
    select value, masked(value) as masked_value
    from (
        select distinct value
        from core_service_facts
        where round_id = getvariable('round_id')
    )
),

stated as (
    select
        facts.service_id,
        facts.fact,
        facts.language,
        words.masked_value as value,
        min(facts.quote) as quote,
        arg_min(facts.page_id, facts.quote) as page_id
    from core_service_facts as facts
    inner join words using (value)
    where facts.round_id = getvariable('round_id')
    group by facts.service_id, facts.fact, facts.language, words.masked_value
)

select
    stated.* exclude (page_id, quote),
    service_rows.round_id,
    service_rows.country_id,
    masked(stated.quote) as quote,
    pages.url as page_url,
    pages.capture_id
from stated
inner join core_service_rows as service_rows
    on stated.service_id = service_rows.service_id and service_rows.round_id = getvariable('round_id')
left join core_pages as pages
    on service_rows.round_id = pages.round_id and stated.page_id = pages.page_id
order by stated.service_id, stated.fact, stated.language, stated.value;

comment on table core_stated_facts is 'What the pages of each service state, each value once.';
comment on column core_stated_facts.service_id is 'The service.';
comment on column core_stated_facts.round_id is 'Month of the round, YYYY-MM.';
comment on column core_stated_facts.country_id is 'The country.';
comment on column core_stated_facts.fact is 'What is stated.';
comment on column core_stated_facts.language is 'Language of the page, ISO 639-1.';
comment on column core_stated_facts.value is 'The value.';
comment on column core_stated_facts.quote is 'The words that state it.';
comment on column core_stated_facts.page_url is 'Address of the page.';
comment on column core_stated_facts.capture_id is 'Request that gave the page.';
