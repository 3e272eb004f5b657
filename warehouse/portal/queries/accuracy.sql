-- How well labelled pages are judged: ours first, then the simpler ways and the second reader.
select *
from out_accuracy
order by
    scope,
    list_position(
        ['baskych', 'second_reader', 'hand_set_points', 'bag_of_words_logistic_regression', 'keyword_counts'], judge
    ),
    max(support) over (partition by scope, subject) desc nulls last,
    subject,
    list_position(
        [
            'kind_accuracy', 'kind_macro_f1', 'service_f1', 'stage_accuracy', 'stage_macro_f1', 'stage_kappa',
            'staged_found', 'staged_invented', 'feature_f1', 'calibration_error', 'quotes_found_again'
        ],
        measure
    ),
    measure;
