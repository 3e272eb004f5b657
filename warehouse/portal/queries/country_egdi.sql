-- The UN's figures for one country and ours of the same year, oldest first; a state that was not ranked has no rank.
with ours as (
    select
        cast(left(rounds.round_id, 4) as integer) as survey_year,
        (rounds.stage_3_count + rounds.stage_4_count) / rounds.service_count as stage_3_share,
        if(rounds.is_newest, countries.index, null) as index
    from out_country_rounds as rounds
    inner join out_countries as countries using (country_id)
    where rounds.country_id = $country_id
    qualify row_number() over (partition by survey_year order by rounds.round_id desc) = 1
),

theirs as (
    select survey_year, egdi_rank, egdi, osi, epi
    from out_egdi
    where country_id = $country_id
)

select survey_year, theirs.egdi_rank, theirs.egdi, theirs.osi, theirs.epi, ours.stage_3_share, ours.index
from theirs
full join ours using (survey_year)
where exists (from theirs)
order by survey_year;
