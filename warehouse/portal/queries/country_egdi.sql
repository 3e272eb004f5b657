-- The UN's figures for one country and ours of the same year, oldest first; a state that was not ranked has no rank.
-- Of the rounds of one year the last counts; how much it saw, and whether from an archive, stands beside it.
with ours as (
    select
        cast(left(round_id, 4) as integer) as survey_year,
        round_id,
        (stage_3_count + stage_4_count) / nullif(service_count, 0) as stage_3_share,
        index,
        source,
        seen_site_count,
        tried_site_count,
        not_archived_count
    from out_country_rounds
    where country_id = $country_id
    qualify row_number() over (partition by survey_year order by round_id desc) = 1
),

theirs as (
    select survey_year, egdi_rank, egdi, osi, epi
    from out_egdi
    where country_id = $country_id
)

select survey_year, theirs.egdi_rank, theirs.egdi, theirs.osi, theirs.epi, ours.* exclude (survey_year)
from theirs
full join ours using (survey_year)
where exists (from theirs)
order by survey_year;
