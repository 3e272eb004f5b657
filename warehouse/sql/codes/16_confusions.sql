-- One row per label and answer that labelled pages have: how many pages.
-- Grain: scope, subject, label, answer.
create table codes_confusions (
    scope          text   not null check (scope in ('kind', 'stage', 'indicator')),
    subject        text   not null check ((subject = '') = (scope <> 'indicator')),
    label          text   not null,
    answer         text   not null,
    page_count     bigint not null check (page_count > 0),
    rubric_version text   not null,
    primary key (scope, subject, label, answer)
);

insert into codes_confusions by name
select *
from source.codes_confusions
order by scope, subject, label, answer;

comment on table codes_confusions is 'Confusion matrices of the labelled pages: what a page is by its label, and what it was said to be.';
comment on column codes_confusions.scope is 'What is told apart: kinds of pages, stages, or whether an indicator is present.';
comment on column codes_confusions.subject is 'Which indicator; empty text for kinds and stages.';
comment on column codes_confusions.label is 'What careful readers say: a kind; a stage, 1 to 4 or none; of an indicator, present or absent.';
comment on column codes_confusions.answer is 'What Baskych says, in the same words.';
comment on column codes_confusions.page_count is 'Labelled pages; for an indicator, those that were labelled whole.';
comment on column codes_confusions.rubric_version is 'Version of the rules that judged.';
