-- One row per indicator seen once on one page, in the page's own words.
-- Grain: round_id, finding_id.
create table core_findings (
    finding_id   text   not null,
    page_id      text   not null,
    capture_id   text   not null,
    country_id   text   not null,
    round_id     text   not null,
    site_id      text   not null,
    page_url     text   not null,
    indicator_id text   not null,
    quote        text   not null,
    place        text   not null,
    "offset"     bigint not null check ("offset" >= -1),
    region       text   not null,
    strength     text   not null check (strength in ('direct', 'site_wide'))
);

insert into core_findings by name
select *
from source.core_findings
order by round_id, site_id, page_id, finding_id;

comment on table core_findings is 'Indicators seen on pages, each with the words that show it.';
comment on column core_findings.finding_id is 'Id of the finding.';
comment on column core_findings.page_id is 'Page it was seen on.';
comment on column core_findings.capture_id is 'Request that gave the page.';
comment on column core_findings.country_id is 'Country whose round this was.';
comment on column core_findings.round_id is 'Month of the round, YYYY-MM.';
comment on column core_findings.site_id is 'Site of the page.';
comment on column core_findings.page_url is 'Address of the page.';
comment on column core_findings.indicator_id is 'Indicator that was seen.';
comment on column core_findings.quote is 'The words, letter by letter as on the page.';
comment on column core_findings.place is 'Where the words stand: text, or an attribute as tag@attribute.';
comment on column core_findings."offset" is 'Characters into the text of the page; -1 for an attribute.';
comment on column core_findings.region is 'Part of the page: header, navigation, main, aside or footer.';
comment on column core_findings.strength is 'direct, or site_wide: what every page of a site carries proves little for one service.';
