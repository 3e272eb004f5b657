-- The errors made most often on labelled pages, ten of each scope: kinds of errors, nobody's page is named.
select scope, subject, label, answer, page_count
from out_confusions
where label <> answer
qualify
    row_number() over (partition by scope order by page_count desc, subject, label, answer) <= 10
order by list_position(['kind', 'stage', 'indicator'], scope), page_count desc, subject, label, answer;
