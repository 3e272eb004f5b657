-- One row per figure that says how well labelled pages are judged.
-- Grain: judge, measure, scope, subject.
create table codes_accuracy (
    judge          text    not null,
    measure        text    not null,
    scope          text    not null check (scope in ('all', 'language', 'script', 'country', 'indicator', 'confidence')),
    subject        text    not null,
    value          double  not null check (value between -1 and 1),
    low            double  check (low between -1 and 1),
    high           double  check (high between -1 and 1 and high >= low),
    support        bigint  check (support >= 0),
    bar            double,
    is_met         boolean check ((is_met is null) = (bar is null)),
    rubric_version text    not null,
    primary key (judge, measure, scope, subject)
);

insert into codes_accuracy by name
select *
from source.codes_accuracy
order by scope, subject, judge, measure;

comment on table codes_accuracy is 'How well labelled pages are judged: measured by site-wise cross-validation, beside simpler ways of judging and a second careful reader.';
comment on column codes_accuracy.judge is 'Who judged: baskych; hand_set_points, the same without anything fitted; keyword_counts and bag_of_words_logistic_regression, simple baselines; second_reader, a person.';
comment on column codes_accuracy.measure is 'What is measured.';
comment on column codes_accuracy.scope is 'Of which pages: all, or those of a language, script or country; or of one indicator; or answers of about the same confidence.';
comment on column codes_accuracy.subject is 'Which language, script, country, indicator or span of confidence; empty text for all pages.';
comment on column codes_accuracy.value is 'The figure: 1 is perfect, except for calibration_error and staged_invented, where 0 is.';
comment on column codes_accuracy.low is 'Lower end of the bootstrap 95 % interval; empty where there is none.';
comment on column codes_accuracy.high is 'Upper end of the bootstrap 95 % interval; empty where there is none.';
comment on column codes_accuracy.support is 'Labelled pages that the figure rests on, as those with a stage or with an indicator; for quotes, the quotes.';
comment on column codes_accuracy.bar is 'What the figure was asked to reach; empty where nothing was asked.';
comment on column codes_accuracy.is_met is 'Whether the bar is reached; empty where there is none.';
comment on column codes_accuracy.rubric_version is 'Version of the rules that judged.';
