-- The published accuracy is that of the rules that judged the newest verdicts.
-- severity: warn
select distinct accuracy.rubric_version as measured_version, services.rubric_version as used_version
from out_accuracy as accuracy
cross join out_services as services
where services.rubric_version <> ''
    and accuracy.rubric_version <> services.rubric_version;
