-- One row per region of a registry.
-- Grain: country_id, region_id.
create table codes_regions (
    region_id   text not null,
    country_id  text not null,
    name_ky     text not null,
    name_ru     text not null,
    name_en     text not null,
    tile_column integer not null,
    tile_row    integer not null,
    source      text not null,
    primary key (country_id, region_id)
);

insert into codes_regions by name
select *
from source.codes_regions
order by country_id, region_id;

comment on table codes_regions is 'First-level parts of a country, and where each stands on a map of equal squares.';
comment on column codes_regions.region_id is 'Id of the region: its ISO 3166-2 code in lower case, where it has one.';
comment on column codes_regions.country_id is 'Country it belongs to.';
comment on column codes_regions.name_ky is 'Name in Kyrgyz; empty where nobody has written it down yet.';
comment on column codes_regions.name_ru is 'Name in Russian; empty where nobody has written it down yet.';
comment on column codes_regions.name_en is 'Name in English; empty where nobody has written it down yet.';
comment on column codes_regions.tile_column is 'Column of its square on the map, from the west, 0 first.';
comment on column codes_regions.tile_row is 'Row of its square on the map, from the north, 0 first.';
comment on column codes_regions.source is 'Where its name was found.';
