-- One row per country and setting of the crawler.
-- Grain: country_id, setting.
create table out_crawler_settings (
    country_id text not null,
    setting    text not null,
    value      text not null,
    primary key (country_id, setting)
);

insert into out_crawler_settings by name
select *
from codes_crawler_settings
order by country_id, setting;

comment on table out_crawler_settings is 'How the crawler behaves towards the sites of each country, unless robots.txt or the registry says otherwise of one.';
comment on column out_crawler_settings.country_id is 'Country whose sites are visited so.';
comment on column out_crawler_settings.setting is 'What is set: a key of policy.yml, or of the part crawler of the registry.';
comment on column out_crawler_settings.value is 'What it is set to; times in seconds, sizes in bytes.';
