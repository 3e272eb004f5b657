-- One row per address of a site: the text that its page was last seen with.
-- Grain: site_id, url.
create table core_texts (
    round_id    text not null,
    site_id     text not null,
    url         text not null,
    text_sha256 text not null
);

insert into core_texts by name
with texts as (
    select pages.site_id, pages.url, max(pages.text_sha256) as text_sha256
    from core_pages as pages
    inner join codes_outcomes as outcomes using (outcome)
    where pages.round_id = getvariable('round_id') and outcomes.is_observation
    group by pages.site_id, pages.url
)

select getvariable('round_id') as round_id, texts.*
from texts
left join core_texts as known using (site_id, url)
where texts.text_sha256 is distinct from known.text_sha256
order by texts.site_id, texts.url;

delete from core_texts
using core_texts as newer
where newer.round_id = getvariable('round_id')
    and core_texts.round_id < newer.round_id
    and core_texts.site_id = newer.site_id
    and core_texts.url = newer.url;

comment on table core_texts is 'What each page of a site said when it was last seen: by this, news are told.';
comment on column core_texts.round_id is 'Round in which it was first seen with this text, YYYY-MM.';
comment on column core_texts.site_id is 'The site.';
comment on column core_texts.url is 'Address of the page.';
comment on column core_texts.text_sha256 is 'SHA-256 of its text.';
