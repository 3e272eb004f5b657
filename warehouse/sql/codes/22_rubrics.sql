-- One row: the rubric by which all services were judged, and whose it is.
-- Grain: rubric_version.
create table codes_rubrics (
    rubric_version text    not null primary key,
    by_name        text    not null,
    by_url         text,
    is_ours        boolean not null
);

insert into codes_rubrics by name
select *
from source.codes_rubrics
order by rubric_version;

comment on table codes_rubrics is 'Whose rubric and weights these figures follow: those that ship with Baskych, or those of whoever replayed the captures with others.';
comment on column codes_rubrics.rubric_version is 'Version of the rubric, with a digest of all its rules.';
comment on column codes_rubrics.by_name is 'Who answers for the rubric and the weights of the index.';
comment on column codes_rubrics.by_url is 'Where that person or body explains them; empty where they did not say.';
comment on column codes_rubrics.is_ours is 'Whether rubric and weights are those that ship with Baskych.';
