-- Every institution that a service or a site names is in the registry.
-- severity: error
with named as (
    select country_id, institution_id, service_id as named_by
    from out_services
    union all by name
    select country_id, institution_id, site_id as named_by
    from out_sites
)

select named.country_id, named.institution_id, named.named_by
from named
anti join out_institutions using (country_id, institution_id);
