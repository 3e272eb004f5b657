-- Services to begin with: names in place of ids, evenly over countries and stages, whole where there are few.
with named as (
    select
        services.service_id,
        coalesce(countries.name_en, services.country_id) as country,
        coalesce(institutions.name_en, institutions.name_ru, institutions.name_ky, services.institution_id) as institution,
        services.name,
        services.name_ky,
        services.name_ru,
        services.name_en,
        services.stage,
        stages.name_en as stage_name,
        round(services.confidence, 3) as confidence,
        left(services.quote, 300) as quote,
        services.evidence_url,
        services.url,
        services.as_of,
        row_number() over (partition by services.country_id, services.stage order by md5(services.service_id)) as turn
    from out_services as services
    left join out_countries as countries using (country_id)
    left join out_institutions as institutions
        on services.country_id = institutions.country_id and services.institution_id = institutions.institution_id
    left join out_stages as stages using (stage)
),

taken as (
    select * exclude (turn)
    from named
    order by turn, service_id
    limit $most
)

select * from taken order by service_id
