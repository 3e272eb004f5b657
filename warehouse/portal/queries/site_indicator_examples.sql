-- Words of one country's public bodies that show an indicator of a site, one each.
select
    institutions.country_id,
    institutions.institution_id,
    institutions.name_ky,
    institutions.name_ru,
    institutions.name_en,
    shown.quote,
    shown.evidence_url as page_url,
    shown.captured_at
from out_institution_indicators as shown
inner join out_institutions as institutions using (country_id, institution_id)
where shown.country_id = $country_id and shown.indicator_id = $indicator_id and shown.state = 'found'
order by institutions.institution_id
limit $most;
