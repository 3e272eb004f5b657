-- The tables in which a country's round is told: its pages at a glance, what speaks of services, the services.
-- They are on disk so that no country is too large, and gone when the round is told.

-- Each address that was observed. Of several captures of one address the plainest stands for it.
-- Grain: canonical address.
create table page (
    url         text    not null primary key,
    length      integer not null,           -- characters of the address as captured
    captured    text    not null,           -- the address as captured
    page_id     text    not null,
    site_id     text    not null,
    neutral     text,                       -- the address without its language; empty until the page is taken in
    is_document integer not null default 0,
    is_list     integer not null default 0
) without rowid;

-- Where an address sends to. Grain: canonical address.
create table moved (
    url      text    not null primary key,
    length   integer not null,
    captured text    not null,
    page_id  text    not null,
    target   text    not null
) without rowid;

-- Addresses that were asked for and gave no observation. Grain: canonical address.
create table failed (url text not null primary key) without rowid;

-- What links and lists call an address, and how often. Grain: address, text.
create table anchor (
    url   text    not null,
    text  text    not null,
    times integer not null,
    primary key (url, text)
) without rowid;

-- Addresses that lists of services lead to.
create table listed (url text not null primary key) without rowid;

-- Folded titles, headings and their parts of one site, while its pages are taken in. Grain: part, text.
create table part (
    part        text not null,
    text_sha256 text not null,
    primary key (part, text_sha256)
) without rowid;

-- What titles of several pages of a site have in common. Grain: site, part.
create table site_name (
    site_id text not null,
    part    text not null,
    primary key (site_id, part)
) without rowid;

-- Summaries of pages that may speak of services, as JSON. Grain: canonical address.
create table kept (url text not null primary key, summary blob not null);

-- Pages and items of lists that speak of one service: what is compared of them. Grain: number, and key.
create table node (
    number      integer primary key,
    key         text    not null,
    role        text    not null,
    url         text    not null,           -- canonical
    neutral     text    not null,
    site_id     text    not null,
    language    text    not null,
    provider_id text,
    words       text    not null,           -- of the name, sorted, one a line
    numbers     text    not null,           -- in the address
    fees        text    not null,           -- that it states, sorted, as JSON; '' for none
    text_sha256 text    not null,
    word_count  integer not null,
    is_portal   integer not null,
    is_document integer not null
);
create index node_by_url on node (url);
create index node_by_neutral on node (neutral);
create index node_by_words on node (words, language);

-- The same, whole, as JSON.
create table told_node (number integer primary key, node blob not null);

-- Pages that may be descriptions because one in another language is; `number` is the step that each was taken for.
create table translation (
    site_id  text not null,
    page_id  text not null,
    captured text not null,
    number   integer,
    primary key (site_id, page_id, captured)
) without rowid;

-- Files of pages' own links, and the language versions that pages declare. Grain: all columns.
create table file (url text not null primary key) without rowid;
create table file_link (neutral text not null, number integer not null, primary key (neutral, number)) without rowid;
create table alternate (target text not null, number integer not null, primary key (target, number)) without rowid;

-- Reasons to take two nodes for one service; `one` has the lesser key. Grain: all columns.
create table reason (
    one      integer not null,
    other    integer not null,
    weakness integer not null,
    primary key (one, other, weakness)
) without rowid;

-- Nodes that reasons hold together, however weak they are; `component` is one of them. Grain: node.
create table member (component integer not null, number integer not null, primary key (component, number)) without rowid;

-- Nodes that are one service, or a part of one: `place` is the one with the least key. Grain: node.
create table grouped (place integer not null, number integer not null, primary key (place, number)) without rowid;
create index grouped_by_number on grouped (number);

-- The groups, and what each is: a service, or steps that may belong to one.
create table standing (place integer primary key, is_service integer not null);

-- Words of names on institutions' own sites. Grain: all columns.
create table own_word (
    provider_id text    not null,
    language    text    not null,
    word        text    not null,
    place       integer not null,
    primary key (provider_id, language, word, place)
) without rowid;

-- Addresses that steps without a description have, or go on from, and the services that lead there.
create table sought (neutral text not null primary key) without rowid;
create table leading (
    neutral text    not null,
    place   integer not null,
    is_own  integer not null,
    primary key (neutral, place)
) without rowid;

-- Steps that belong to the services that lead to them. Grain: service, step.
create table step (place integer not null, number integer not null, primary key (place, number)) without rowid;

-- The services as rows without their ids, as JSON, by the address that tells each. Grain: address.
create table service (
    address        text not null primary key,
    institution_id text not null,
    sight          blob not null,           -- what it can be known by
    service        blob not null,
    names          blob not null,
    pages          blob not null,
    facts          blob not null,
    seen           blob not null            -- the summaries of its pages, without what they say
);
create index service_by_institution on service (institution_id);

-- Pages of services.
create table service_page (page_id text not null primary key) without rowid;

-- The services of earlier rounds, as JSON, and the addresses that each had. Grain: service; address.
create table known (
    service_id     text not null primary key,
    institution_id text not null,
    known          blob not null
);
create index known_by_institution on known (institution_id);
create table known_address (address text not null primary key, service_id text not null) without rowid;

-- How many addresses a service has in common with an earlier one. Grain: address, service.
create table claim (
    address    text    not null,
    service_id text    not null,
    votes      integer not null,
    primary key (address, service_id)
) without rowid;

-- Which earlier service each is. Grain: address, and service.
create table given (address text not null primary key, service_id text not null unique) without rowid;

-- The ids of services, and by what else each is known, as JSON. Grain: service, and address.
create table identity (
    service_id text not null primary key,
    address    text not null,
    aliases    blob not null
) without rowid;
