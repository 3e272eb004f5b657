-- Between which shares the truth lies: what could not be seen may be online, or not.
-- `surely` and `surely_not` are services that the round saw; of `service_count` the others were not seen, and of
-- `unseen_count` more nothing is known but that they are there.
create macro share_low(surely, service_count, unseen_count) as
    surely / nullif(service_count + unseen_count, 0);

create macro share_high(surely_not, service_count, unseen_count) as
    (service_count + unseen_count - surely_not) / nullif(service_count + unseen_count, 0);

-- The index that shares make with their weights, 0 to 100; empty where one of its shares could not be observed. Eight
-- weights that add up to one may add up to a hair more in a computer, so a whole one is cut to 100.
create macro index_of(share, weight, part, stage) as if(
    count(*) = (select count(*) from codes_index_weights),
    least(100, 100 * sum(weight * share order by part, stage)),
    null
);
