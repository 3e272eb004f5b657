-- One row per service and round in which it was seen: all that a reader may find changed, side by side.
-- Grain: round_id, service_id.
-- A row is compared with the last one that saw every page. A service of which no round has ever seen every page
-- is compared with the last row of the very same pages. So no difference comes from where we could not look.
create table core_service_values (
    service_id      text    not null,
    round_id        text    not null,
    country_id      text    not null,
    life            bigint  not null,
    is_first        boolean not null,
    before_round_id text,
    institution_id  text    not null,
    site_id         text    not null,
    page_id         text    not null,
    url             text    not null,
    name            text    not null,
    language        text    not null,
    stage           utinyint,
    rubric_version  text,
    stage_round_id  text,
    fields          map(text, text) not null,
    words           map(text, map(text, text)) not null,
    site_ids        text[]  not null,
    urls            text[]  not null
);

insert into core_service_values by name
with lives as (
    select
        *,
        count(*) filter (where state = 'gone') over (partition by service_id order by round_id) as life
    from core_service_rounds
),

seen as (
    select lives.service_id, lives.round_id, lives.country_id, lives.life, service_rows.is_complete
    from lives
    inner join core_service_rows as service_rows using (service_id, round_id)
    where lives.state = 'seen'
),

stands as (
    select
        service_pages.service_id,
        service_pages.round_id,
        list(distinct pages.site_id order by pages.site_id) as site_ids,
        list(distinct pages.url order by pages.url) as urls
    from core_service_pages as service_pages
    inner join core_pages as pages using (round_id, page_id)
    inner join codes_outcomes as outcomes using (outcome)
    where service_pages.role <> 'list' and outcomes.is_observation
    group by service_pages.service_id, service_pages.round_id
),

said as (
    select service_id, round_id, 'name' as field, language, min(name) as value
    from core_service_names
    group by service_id, round_id, language
    union all by name
    select
        service_id,
        round_id,
        fact as field,
        language,
        string_agg(distinct value, '; ' order by value) as value
    from core_service_facts
    where fact not in ('fee', 'processing_time')
    group by service_id, round_id, fact, language
),

said_in as (
    select service_id, round_id, field, map_from_entries(list((language, value) order by language)) as words
    from said
    group by service_id, round_id, field
),

words as (
    select service_id, round_id, map_from_entries(list((field, words) order by field)) as words
    from said_in
    group by service_id, round_id
),

rows_seen as (
    select
        seen.*,
        services.* exclude (service_id, round_id, country_id),
        verdicts.stage,
        verdicts.rubric_version,
        coalesce(words.words, map {}) as words,
        coalesce(stands.site_ids, []) as site_ids,
        coalesce(stands.urls, []) as urls,
        count(*) filter (where seen.is_complete) over (
            partition by seen.service_id, seen.life
            order by seen.round_id
            rows between unbounded preceding and 1 preceding
        ) > 0 as has_reference
    from seen
    inner join core_services as services using (service_id, round_id)
    left join core_verdicts as verdicts using (service_id, round_id)
    left join words using (service_id, round_id)
    left join stands using (service_id, round_id)
),

referred as (
    select
        *,
        lag(round_id) over life as last_round_id,
        lag(urls) over life as last_urls,
        lag(stage) over life as last_stage,
        max(round_id) filter (where is_complete) over (
            partition by service_id, life order by round_id rows between unbounded preceding and 1 preceding
        ) as complete_round_id,
        lag(round_id) over (partition by service_id, life, urls, has_reference order by round_id) as same_round_id
    from rows_seen
    window life as (partition by service_id, life order by round_id)
)

select
    service_id,
    round_id,
    country_id,
    life,
    last_round_id is null as is_first,
    case when not has_reference then same_round_id when is_complete then complete_round_id end as before_round_id,
    if(
        has_reference or urls = last_urls or stage is null or last_stage is null, last_round_id, null
    ) as stage_round_id,
    institution_id,
    site_id,
    page_id,
    url,
    name,
    language,
    stage,
    rubric_version,
    map {
        'institution_id': institution_id,
        'fee': nullif(
            concat_ws(' ', regexp_replace(cast(fee_amount as text), '\.0$', ''), fee_currency, if(is_free, 'free', null)), ''
        ),
        'processing_days': regexp_replace(cast(processing_days as text), '\.0$', ''),
        'life_event_id': life_event_id,
        'cofog_division': cofog_division
    } as fields,
    words,
    site_ids,
    urls
from referred
order by round_id, service_id;

comment on table core_service_values is 'What each service was in each round that saw it, and the round that it can be compared with.';
comment on column core_service_values.service_id is 'The service.';
comment on column core_service_values.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_values.country_id is 'Country of the round.';
comment on column core_service_values.life is 'How many times it had been gone before.';
comment on column core_service_values.is_first is 'Whether it is seen for the first time, or for the first time since it was gone.';
comment on column core_service_values.before_round_id is 'Round to compare its fields with; empty where none saw as much.';
comment on column core_service_values.institution_id is 'Public body that provides it.';
comment on column core_service_values.site_id is 'Site where it is best described.';
comment on column core_service_values.page_id is 'Page that describes it best.';
comment on column core_service_values.url is 'Address of that page.';
comment on column core_service_values.name is 'Its name, in the words of that page.';
comment on column core_service_values.language is 'Language of the name, ISO 639-1.';
comment on column core_service_values.stage is 'Stage, 1 to 4; empty when undetermined.';
comment on column core_service_values.rubric_version is 'Version of the rules that judged it.';
comment on column core_service_values.stage_round_id is 'Round to compare its stage with; a part of its pages can raise a stage and never lower it.';
comment on column core_service_values.fields is 'Its fields that are the same in all languages.';
comment on column core_service_values.words is 'Its name and facts, each by language.';
comment on column core_service_values.site_ids is 'Sites on which pages of its own stand.';
comment on column core_service_values.urls is 'Addresses of pages of its own.';
