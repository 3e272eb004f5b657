-- What the harvest says where somebody told us that it is wrong, and whether the decision still holds.
-- Grain: correction_id.
create table core_corrections (
    correction_id text not null,
    country_id    text,
    found         text,
    state         text not null check (state in ('applied', 'lapsed', 'not_applied', 'unknown_service'))
);

insert into core_corrections by name
with harvested as (
    select
        services.service_id,
        services.country_id,
        services.fee_currency,
        services.life_event_id,
        cast(services.fee_amount as text) as fee_amount,
        cast(services.is_free as text) as is_free,
        cast(services.processing_days as text) as processing_days,
        min(names.name) filter (where names.language = 'ky') as name_ky,
        min(names.name) filter (where names.language = 'ru') as name_ru,
        min(names.name) filter (where names.language = 'en') as name_en
    from core_known_services as rounds
    inner join core_services as services
        on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
    left join core_service_names as names
        on rounds.service_id = names.service_id and rounds.kept_round_id = names.round_id
    group by all
),

compared as (
    select
        corrections.*,
        services.country_id,
        case corrections.field
            when 'fee_amount' then services.fee_amount
            when 'fee_currency' then services.fee_currency
            when 'is_free' then services.is_free
            when 'processing_days' then services.processing_days
            when 'life_event_id' then services.life_event_id
            when 'name_ky' then services.name_ky
            when 'name_ru' then services.name_ru
            when 'name_en' then services.name_en
        end as found
    from codes_corrections as corrections
    left join harvested as services using (service_id)
)

select
    correction_id,
    country_id,
    found,
    case
        when country_id is null then 'unknown_service'
        when decision <> 'accepted' then 'not_applied'
        when before is null or before = found then 'applied'
        when try_cast(before as double) = try_cast(found as double) then 'applied'
        else 'lapsed'
    end as state
from compared
order by correction_id;

comment on table core_corrections is 'What the harvest says where somebody told us that it is wrong.';
comment on column core_corrections.correction_id is 'The decision.';
comment on column core_corrections.country_id is 'Country of the service.';
comment on column core_corrections.found is 'What the newest harvest says.';
comment on column core_corrections.state is 'applied, lapsed, not_applied or unknown_service.';
