-- Each index, and each share that it is made of, lies in its interval; there is one wherever there is an index.
-- severity: error
with told as (
    select country_id as told, index as value, index_low as low, index_high as high
    from out_countries
    union all by name
    select country_id || ' ' || institution_id as told, index as value, index_low as low, index_high as high
    from out_institutions
    union all by name
    select country_id || ' ' || round_id as told, index as value, index_low as low, index_high as high
    from out_country_rounds
    union all by name
    select
        concat_ws(' ', country_id, institution_id, part, stage) as told,
        share as value,
        share_low as low,
        share_high as high
    from out_index_parts
)

select told, low, value, high
from told
where (value is null) <> (low is null)
    or (value is null) <> (high is null)
    or not value between low and high;
