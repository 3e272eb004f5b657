-- For every institution, country and round, the services by stage add up to all services.
-- severity: error
with counted as (
    select institution_id as counted, columns('^(service|stage_[1-4]|undetermined)_count$')
    from out_institutions
    union all by name
    select country_id as counted, columns('^(service|stage_[1-4]|undetermined)_count$')
    from out_countries
    union all by name
    select country_id || ' ' || round_id as counted, columns('^(service|stage_[1-4]|undetermined)_count$')
    from out_country_rounds
)

select *
from counted
where service_count <> stage_1_count + stage_2_count + stage_3_count + stage_4_count + undetermined_count;
