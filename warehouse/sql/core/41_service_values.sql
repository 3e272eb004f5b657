-- One row per service and round in which it was seen: all that a reader may find changed, side by side.
-- Grain: round_id, service_id.
-- A row is compared with the last one that saw every page. A service of which no round has ever seen every page
-- is compared with the last row of the very same pages. So no difference comes from where we could not look.
create table core_service_values (
    service_id      text    not null,
    round_id        text    not null,
    country_id      text    not null,
    life            bigint  not null,
    is_complete     boolean not null,
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
with seen as (
    select rounds.service_id, rounds.gone_count as life, service_rows.is_complete
    from core_service_rounds as rounds
    inner join core_service_rows as service_rows using (service_id, round_id)
    where round_id = getvariable('round_id') and rounds.state = 'seen'
),

rows_seen as (
    select
        seen.life,
        seen.is_complete,
        services.*,
        verdicts.stage,
        verdicts.rubric_version,
        coalesce(words.words, map {}) as words,
        coalesce(places.site_ids, []) as site_ids,
        coalesce(places.urls, []) as urls
    from seen
    inner join core_services as services using (service_id)
    left join core_verdicts as verdicts using (service_id, round_id)
    left join core_service_words as words using (service_id, round_id)
    left join core_service_places as places using (service_id, round_id)
    where services.round_id = getvariable('round_id')
),

-- What the same life of the service has to be compared with: its last row, the last that saw every page, and
-- the last of the very same pages.
earlier as (
    select
        now.service_id,
        max(past.round_id) as last_round_id,
        arg_max(past.urls, past.round_id) as last_urls,
        arg_max({'stage': past.stage}, past.round_id).stage as last_stage,
        max(past.round_id) filter (where past.is_complete) as complete_round_id,
        max(past.round_id) filter (where past.urls = now.urls) as same_round_id
    from rows_seen as now
    inner join core_service_values as past using (service_id, life)
    group by now.service_id
)

select
    rows_seen.service_id,
    rows_seen.round_id,
    rows_seen.country_id,
    rows_seen.life,
    rows_seen.is_complete,
    earlier.last_round_id is null as is_first,
    case
        when earlier.complete_round_id is null then earlier.same_round_id
        when rows_seen.is_complete then earlier.complete_round_id
    end as before_round_id,
    if(
        earlier.complete_round_id is not null
        or rows_seen.urls = earlier.last_urls
        or rows_seen.stage is null
        or earlier.last_stage is null,
        earlier.last_round_id,
        null
    ) as stage_round_id,
    rows_seen.institution_id,
    rows_seen.site_id,
    rows_seen.page_id,
    rows_seen.url,
    rows_seen.name,
    rows_seen.language,
    rows_seen.stage,
    rows_seen.rubric_version,
    map {
        'institution_id': rows_seen.institution_id,
        'fee': nullif(
            concat_ws(
                ' ',
                regexp_replace(cast(rows_seen.fee_amount as text), '\.0$', ''),
                rows_seen.fee_currency,
                if(rows_seen.is_free, 'free', null)
            ),
            ''
        ),
        'processing_days': regexp_replace(cast(rows_seen.processing_days as text), '\.0$', ''),
        'life_event_id': rows_seen.life_event_id,
        'cofog_division': rows_seen.cofog_division
    } as fields,
    rows_seen.words,
    rows_seen.site_ids,
    rows_seen.urls
from rows_seen
left join earlier using (service_id)
order by rows_seen.service_id;

comment on table core_service_values is 'What each service was in each round that saw it, and the round that it can be compared with.';
comment on column core_service_values.service_id is 'The service.';
comment on column core_service_values.round_id is 'Month of the round, YYYY-MM.';
comment on column core_service_values.country_id is 'Country of the round.';
comment on column core_service_values.life is 'How many times it had been gone before.';
comment on column core_service_values.is_complete is 'Whether all its pages could be looked at.';
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
