-- The UN's figures for one country, oldest survey first; a state that was not ranked has no rank.
select survey_year, egdi_rank, egdi, osi, epi, source
from out_egdi
where country_id = $country_id
order by survey_year;
