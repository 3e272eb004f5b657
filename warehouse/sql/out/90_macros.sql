-- What was known on a day: the same questions, asked of the past.

-- The last round of each country that counts on `day`. Rounds that were imported, or made up, on one day are told
-- apart by their months: see out_country_rounds.valid_from.
create macro rounds_at(day) as table
select country_id, max(round_id) as round_id
from out_country_rounds
where valid_from <= cast(day as date)
group by country_id;

-- Services as known after the last round that had ended by `day`.
create macro services_at(day) as table
select out_service_rounds.*
from out_service_rounds
inner join rounds_at(day) using (country_id, round_id)
where state <> 'gone'
order by service_id;

-- Institutions, with their services by stage and what could be seen of them, as known after the last round that
-- had ended by `day`.
create macro institutions_at(day) as table
select out_institution_rounds.*
from out_institution_rounds
inner join rounds_at(day) using (country_id, round_id)
order by country_id, institution_id;
