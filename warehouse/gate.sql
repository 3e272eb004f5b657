-- What a release has that the next one should still have: names of its tables begin with `{of}`.
-- Grain: kind, country_id, id. `amount` is how much there is of it.
select 'institutions' as kind, country_id, institution_id as id, 1 as amount
from {of}out_institutions
union all by name
select 'sites' as kind, country_id, site_id as id, 1 as amount
from {of}out_sites
where country_id in (select country_id from {of}out_country_rounds)
union all by name
select 'answering_sites' as kind, country_id, site_id as id, 1 as amount
from {of}out_coverage
where is_newest and seen_count > 0
union all by name
select 'pages' as kind, country_id, site_id as id, seen_count as amount
from {of}out_coverage
where is_newest and seen_count > 0
union all by name
select 'services' as kind, country_id, institution_id as id, count(*) as amount
from {of}out_services
group by country_id, institution_id
