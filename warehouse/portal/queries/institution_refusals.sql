-- What was considered of the sites of one public body in the newest round and not asked for, by rule.
select
    ledger.rule,
    any_value(rules.label_ky) as label_ky,
    any_value(rules.label_ru) as label_ru,
    any_value(rules.label_en) as label_en,
    any_value(rules.advice_ky) as advice_ky,
    any_value(rules.advice_ru) as advice_ru,
    any_value(rules.advice_en) as advice_en,
    count(*) as address_count
from out_politeness as ledger
inner join out_coverage as coverage using (round_id, site_id)
inner join out_rules as rules using (rule)
where coverage.country_id = $country_id
    and coverage.institution_id = $institution_id
    and coverage.is_newest
    and ledger.decision = 'refused'
group by ledger.rule
order by address_count desc, ledger.rule;
