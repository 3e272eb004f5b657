-- The weights of the index, from index.yml: `baskych replay` takes others, and so may a query.
-- Grain: part, stage.
create table codes_index_weights (
    part   text     not null check (part in ('services', 'indicators')),
    stage  utinyint not null check (stage between 1 and 4),
    weight double   not null check (weight between 0 and 1),
    primary key (part, stage)
);

insert into codes_index_weights by name
select *
from source.codes_index_weights
order by part, stage;

comment on table codes_index_weights is 'Weights of the index: index = 100 × the sum of weight × share over its eight shares. Share "services, stage s" is the share of judged services at stage s or higher; share "indicators, stage s" is the share of the indicators of stage s that the sites of the institution show.';
comment on column codes_index_weights.part is 'Which share is weighed: services or indicators.';
comment on column codes_index_weights.stage is 'Stage of the share, 1 to 4.';
comment on column codes_index_weights.weight is 'Weight of the share; the eight weights add up to 1.';
