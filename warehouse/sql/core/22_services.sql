-- One row per service and round in which pages spoke of it.
-- Grain: round_id, service_id.
create table core_services (
    service_id      text   not null,
    country_id      text   not null,
    round_id        text   not null,
    institution_id  text   not null,
    site_id         text   not null,
    page_id         text   not null,
    url             text   not null,
    name            text   not null,
    language        text   not null,
    life_event_id   text,
    cofog_division  text,
    fee_amount      double check (fee_amount >= 0),
    fee_currency    text,
    is_free         boolean,
    processing_days double check (processing_days >= 0),
    page_count      bigint not null,
    unseen_count    bigint not null
);

insert into core_services by name
select *
from source.core_services
order by round_id, service_id;

comment on table core_services is 'What a citizen or a business can ask a public body for, as seen in each round.';
comment on column core_services.service_id is 'Stable id of the service.';
comment on column core_services.country_id is 'Country whose round this was.';
comment on column core_services.round_id is 'Month of the round, YYYY-MM.';
comment on column core_services.institution_id is 'Public body that provides it, also where it stands on the joint portal.';
comment on column core_services.site_id is 'Site where it was found best described.';
comment on column core_services.page_id is 'Page that describes it best.';
comment on column core_services.url is 'Address of that page.';
comment on column core_services.name is 'Its name, in the words of the page.';
comment on column core_services.language is 'Language of the name, ISO 639-1.';
comment on column core_services.life_event_id is 'Occasion in life that it belongs to.';
comment on column core_services.cofog_division is 'Division of the UN classification of the functions of government, 01 to 10.';
comment on column core_services.fee_amount is 'Fee, in fee_currency.';
comment on column core_services.fee_currency is 'Currency of the fee, ISO 4217.';
comment on column core_services.is_free is 'Whether it costs nothing; empty when the pages do not say.';
comment on column core_services.processing_days is 'Days until the result.';
comment on column core_services.page_count is 'Pages that speak of it.';
comment on column core_services.unseen_count is 'Its pages that could not be looked at.';
