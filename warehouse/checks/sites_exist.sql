-- Every site that was asked, or that a service names, is in the registry or noted as unlisted.
-- severity: error
with named as (
    select site_id, service_id as named_by
    from out_services
    union all by name
    select site_id, round_id as named_by
    from core_site_rounds
)

select named.site_id, named.named_by
from named
anti join out_sites using (site_id);
