-- Between which shares the truth lies: what could not be seen may be online, or not.
-- `surely` and `surely_not` are services that the round saw; of `service_count` the others were not seen, and of
-- `unseen_count` more nothing is known but that they are there.
create macro share_low(surely, service_count, unseen_count) as
    surely / nullif(service_count + unseen_count, 0);

create macro share_high(surely_not, service_count, unseen_count) as
    (service_count + unseen_count - surely_not) / nullif(service_count + unseen_count, 0);
