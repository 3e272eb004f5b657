-- What the newest rows rest on.
-- The last rounds, so many, that saw each site.
create macro last_good_looks(how_many) as table
    select site_id, round_id
    from core_site_rounds
    where seen_count > 0
    qualify row_number() over (partition by site_id order by round_id desc) <= how_many;

-- The pages that anything kept of a service, or of a site, stands on.
create macro spoken_pages() as table
    select round_id, page_id
    from core_service_pages
    union
    select round_id, page_id
    from core_service_names
    union
    select round_id, page_id
    from core_service_facts
    union
    select round_id, page_id
    from core_services
    union
    select round_id, page_id
    from core_findings;
