-- Whose rubric and weights the figures follow.
select *
from out_rubrics
order by rubric_version;
