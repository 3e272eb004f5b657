-- One round of a made-up country, as crawling and understanding would leave it: a view for each file.
-- Variables: sites, services (of each site), number (of the round, from 1), round_id, indicators (a list).
-- Of the services one in a hundred changes its name, its page and perhaps its stage from one round to the next;
-- of the sites one in fifty is silent in any round.
create macro month(number) as (2021 + (number - 1) // 12) || '-' || lpad((1 + (number - 1) % 12)::text, 2, '0');

create table round_sites as
select
    site,
    'tt-' || site as site_id,
    getvariable('round_id') as round_id,
    'http://site-' || site || '.example/' as home_url,
    (getvariable('round_id') || '-05')::timestamp as begun_at,
    (site + getvariable('number') * 7) % 50 = 0 as is_silent
from range(getvariable('sites')) as sites(site);

-- A page was last new in the round `born`.
create table spoken as
select
    site_id,
    round_id,
    service as seq,
    site * getvariable('services') + service as service_number,
    (getvariable('number') + service_number) // 100 as version,
    greatest(1, version * 100 - service_number) as born,
    'svc-' || service_number as service_id,
    'Service ' || service_number || ' (' || version || ')' as name,
    home_url || 'services/' || service as url,
    round_id || '-' || site_id || '-' || service as capture_id,
    begun_at + to_seconds(service) as captured_at
from round_sites, range(getvariable('services')) as services(service)
where not is_silent;

create table found as
select spoken.*, indicator_id, md5(service_number || indicator_id || version)[1:16] as finding_id
from spoken, unnest(getvariable('indicators')) as indicators(indicator_id);

create view captures as
with requests as (
    select
        capture_id,
        round_id,
        site_id,
        seq,
        url,
        1 as depth,
        captured_at,
        'ok' as outcome,
        200 as http_status,
        'text/html' as media_type,
        20000 as byte_count,
        5000 as wire_byte_count,
        sha256(service_number || '-' || version) as body_sha256,
        'part-00000.warc.gz' as warc_file,
        seq * 5000 as warc_offset,
        if(month(born) = round_id, null, month(born) || '-' || site_id || '-' || seq) as revisit_of
    from spoken
    union all by name
    select
        round_id || '-' || site_id || '-0' as capture_id,
        round_id,
        site_id,
        0 as seq,
        home_url as url,
        0 as depth,
        begun_at as captured_at,
        'unreachable_timeout' as outcome,
        0 as byte_count,
        0 as wire_byte_count
    from round_sites
    where is_silent
)

select
    requests.*,
    'tt' as country_id,
    'web' as source,
    'wire' as render_mode,
    1.0 as delay_seconds,
    0.2 as elapsed_seconds
from requests
order by site_id, seq;

create view pages as
select
    capture_id as page_id,
    capture_id,
    'tt' as country_id,
    round_id,
    site_id,
    url,
    'ok' as outcome,
    captured_at,
    name as title,
    '' as description,
    'en' as language,
    'service' as kind,
    0.9 as kind_confidence,
    repeat('What a page says. ', 100) as text,
    sha256('text' || service_number || '-' || version) as text_sha256,
    400 as word_count,
    30 as link_count,
    1 as form_count,
    'text/html' as media_type,
    'utf-8' as encoding_used
from spoken
order by site_id, page_id;

create view findings as
select
    finding_id,
    capture_id as page_id,
    capture_id,
    'tt' as country_id,
    round_id,
    site_id,
    url as page_url,
    indicator_id,
    'Words that show ' || indicator_id as quote,
    'text' as place,
    10 as "offset",
    'main' as region,
    'direct' as strength
from found
order by site_id, page_id, finding_id;

create view services as
select
    service_id,
    'tt' as country_id,
    round_id,
    'body-' || site_id[4:] as institution_id,
    site_id,
    capture_id as page_id,
    url,
    name,
    'en' as language,
    100.0 as fee_amount,
    'KGS' as fee_currency,
    false as is_free,
    5.0 as processing_days,
    1 as page_count,
    0 as unseen_count
from spoken
order by service_id;

create view service_names as
select service_id, round_id, language, name, capture_id as page_id
from spoken, unnest(['en', 'ru']) as spoken_in(language)
order by service_id, language;

create view service_pages as
select service_id, round_id, capture_id as page_id, url, 'en' as language, 'description' as role
from spoken
order by service_id;

create view service_facts as
select
    service_id,
    round_id,
    fact,
    fact || ' of ' || service_number as value,
    'It says: ' || fact as quote,
    capture_id as page_id,
    5 as "offset",
    'en' as language
from spoken, unnest(['recipients', 'documents_required', 'legal_basis']) as facts(fact)
order by service_id, fact;

create view service_aliases as
select service_id, round_id, url as alias, 'url' as kind
from spoken
order by service_id;

create view verdicts as
select
    service_id,
    'tt' as country_id,
    round_id,
    1 + (service_number + version) % 3 as stage,
    'rule' as reason,
    0.8 as confidence,
    'v1' as rubric_version,
    list(finding_id order by finding_id) as finding_ids,
    [] as missing,
    [] as ways
from found
group by all
order by service_id;

create view visits as
select
    round_sites.site_id,
    'tt' as country_id,
    round_sites.round_id,
    'finished' as finish,
    false as is_cut_short,
    count(spoken.site_id) as seen_count,
    1 as attempt_count,
    0 as vain_attempt_count
from round_sites
left join spoken using (site_id)
group by all
order by round_sites.site_id;
