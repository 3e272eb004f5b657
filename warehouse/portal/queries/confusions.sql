-- Confusion matrices of kinds and of stages: how many labelled pages of each label were given each answer.
select scope, label, answer, page_count
from out_confusions
where scope in ('kind', 'stage')
order by scope, label, answer;
