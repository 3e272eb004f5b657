-- Every decision of the ledger names a rule that is explained, and one that fits the decision.
-- severity: error
select ledger.round_id, ledger.site_id, ledger.url, ledger.decision, ledger.rule
from out_politeness as ledger
left join out_rules as rules
    on ledger.rule = rules.rule and rules.is_refusal = (ledger.decision = 'refused')
where rules.rule is null;
