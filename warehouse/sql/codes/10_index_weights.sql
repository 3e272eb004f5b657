-- The weights of the index: change them here, or in a query, and the index follows.
-- Grain: part, stage.
create table codes_index_weights (
    part   text     not null check (part in ('services', 'indicators')),
    stage  utinyint not null check (stage between 1 and 4),
    weight double   not null check (weight between 0 and 1),
    primary key (part, stage)
);

-- Each part counts for half. Within a part the stages weigh 7, 24, 30 and 39 %, as the UN weighed the
-- stages in its survey of 2012.
insert into codes_index_weights (part, stage, weight)
values
    ('services', 1, 0.035),
    ('services', 2, 0.120),
    ('services', 3, 0.150),
    ('services', 4, 0.195),
    ('indicators', 1, 0.035),
    ('indicators', 2, 0.120),
    ('indicators', 3, 0.150),
    ('indicators', 4, 0.195);

comment on table codes_index_weights is 'Weights of the index: index = 100 × the sum of weight × share over its eight shares. Share "services, stage s" is the share of judged services at stage s or higher; share "indicators, stage s" is the share of the indicators of stage s that the sites of the institution show.';
comment on column codes_index_weights.part is 'Which share is weighed: services or indicators.';
comment on column codes_index_weights.stage is 'Stage of the share, 1 to 4.';
comment on column codes_index_weights.weight is 'Weight of the share; the eight weights add up to 1.';
