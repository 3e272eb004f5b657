-- What no later round needs is forgotten: so the memory of sixty rounds is that of one.
-- Of each site its last good look stays, of each service its last good rows, of each country its newest round;
-- and where the bytes lie that a later capture may only repeat.
delete from core_services
where not exists (
    select 1
    from core_remembered as remembered
    where core_services.service_id = remembered.service_id and core_services.round_id = remembered.round_id
);

delete from core_service_names
where not exists (
    select 1
    from core_remembered as remembered
    where core_service_names.service_id = remembered.service_id and core_service_names.round_id = remembered.round_id
);

delete from core_service_pages
where not exists (
    select 1
    from core_remembered as remembered
    where core_service_pages.service_id = remembered.service_id and core_service_pages.round_id = remembered.round_id
);

delete from core_service_facts
where not exists (
    select 1
    from core_remembered as remembered
    where core_service_facts.service_id = remembered.service_id and core_service_facts.round_id = remembered.round_id
);

delete from core_service_aliases
where not exists (
    select 1
    from core_remembered as remembered
    where core_service_aliases.service_id = remembered.service_id and core_service_aliases.round_id = remembered.round_id
);

delete from core_verdicts
where not exists (
    select 1
    from core_remembered as remembered
    where core_verdicts.service_id = remembered.service_id and core_verdicts.round_id = remembered.round_id
);

delete from core_evidence
where not exists (
    select 1
    from core_remembered as remembered
    where core_evidence.service_id = remembered.service_id and core_evidence.round_id = remembered.round_id
);

delete from core_service_rows
where not exists (
    select 1
    from core_remembered as remembered
    where core_service_rows.service_id = remembered.service_id and core_service_rows.round_id = remembered.round_id
);

delete from core_service_values
where not exists (
    select 1
    from core_remembered as remembered
    where core_service_values.service_id = remembered.service_id and core_service_values.round_id = remembered.round_id
);

delete from core_service_words;

delete from core_service_places;

delete from core_stated_facts;

delete from core_findings
where not exists (
    select 1
    from core_evidence as evidence
    where core_findings.round_id = evidence.round_id and core_findings.finding_id = evidence.finding_id
)
and not exists (
    select 1
    from last_good_looks(1) as looks
    where core_findings.site_id = looks.site_id and core_findings.round_id = looks.round_id
);

-- Two looks: pages that are lost since the one before the newest are told.
delete from core_looks
where not exists (
    select 1
    from last_good_looks(2) as looks
    where core_looks.site_id = looks.site_id and core_looks.round_id = looks.round_id
)
and not exists (
    select 1
    from core_rounds as rounds
    where rounds.is_newest and core_looks.country_id = rounds.country_id and core_looks.round_id = rounds.round_id
);

delete from core_pages
where not exists (
    select 1
    from last_good_looks(1) as looks
    where core_pages.site_id = looks.site_id and core_pages.round_id = looks.round_id
)
and not exists (
    select 1
    from spoken_pages() as pages
    where core_pages.round_id = pages.round_id and core_pages.page_id = pages.page_id
);

delete from raw_captures
where not exists (
    select 1
    from core_rounds as rounds
    where rounds.is_newest and raw_captures.country_id = rounds.country_id and raw_captures.round_id = rounds.round_id
);

delete from raw_refusals
where not exists (
    select 1
    from core_rounds as rounds
    where rounds.is_newest and raw_refusals.country_id = rounds.country_id and raw_refusals.round_id = rounds.round_id
);

delete from core_requests
where not exists (
    select 1
    from core_rounds as rounds
    where rounds.is_newest and core_requests.country_id = rounds.country_id and core_requests.round_id = rounds.round_id
);

delete from core_robots
where not exists (
    select 1
    from core_rounds as rounds
    where rounds.is_newest and core_robots.country_id = rounds.country_id and core_robots.round_id = rounds.round_id
);

delete from core_changes
where not exists (
    select 1
    from core_rounds as rounds
    where rounds.is_newest and core_changes.country_id = rounds.country_id and core_changes.round_id = rounds.round_id
);

delete from core_places
where capture_id <> holder_id
    and not exists (
        select 1
        from raw_captures as captures
        where core_places.capture_id = captures.capture_id
    )
    and not exists (
        select 1
        from core_pages as pages
        where core_places.capture_id = pages.capture_id
    );
