-- Who asked by letter to be left alone.
select letters.*, countries.name_ky, countries.name_ru, countries.name_en
from out_opt_outs as letters
left join out_countries as countries using (country_id)
order by letters.country_id, letters.stay_out_of;
