-- One row per life event: an occasion for which people and businesses need services.
-- Grain: life_event_id.
create table out_life_events (
    life_event_id text not null primary key,
    audience      text not null check (audience in ('citizen', 'business')),
    name_ky       text not null,
    name_ru       text not null,
    name_en       text not null,
    source        text not null
);

insert into out_life_events by name
select *
from codes_life_events
order by life_event_id;

comment on table out_life_events is 'Occasions in the life of a person or a business for which public services are needed.';
comment on column out_life_events.life_event_id is 'Stable id of the life event.';
comment on column out_life_events.audience is 'Whose occasion it is: citizen or business.';
comment on column out_life_events.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column out_life_events.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column out_life_events.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column out_life_events.source is 'Where it comes from.';
