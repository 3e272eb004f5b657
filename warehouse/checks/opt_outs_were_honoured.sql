-- Nothing was asked of a host a month after its owner had asked us by letter to stay away altogether.
-- severity: warn
select letters.stay_out_of, letters.since, ledger.url, ledger.decided_at
from out_opt_outs as letters
inner join out_politeness as ledger
    on letters.country_id = ledger.country_id and letters.stay_out_of = ledger.host
where ledger.decision = 'asked' and ledger.decided_at >= letters.since + interval 1 month;
