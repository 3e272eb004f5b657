-- What one public body shows of the indicators of a site, stage by stage.
select shown.*, indicators.* exclude (indicator_id, stage)
from out_institution_indicators as shown
inner join out_indicators as indicators using (indicator_id)
where shown.country_id = $country_id and shown.institution_id = $institution_id
order by shown.stage, list_position(['found', 'missing', 'not_observed'], shown.state), shown.indicator_id;
