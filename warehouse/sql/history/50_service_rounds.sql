-- One row per service and round since it was first seen: what was known then.
-- Grain: service_id, round_id.
create table out_service_rounds (
    service_id        text not null,
    round_id          text not null,
    country_id        text not null,
    institution_id    text not null,
    site_id           text not null,
    state             text not null check (state in ('seen', 'kept', 'gone')),
    known_round_id    text not null,
    name              text not null,
    language          text not null,
    url               text not null,
    stage             utinyint check (stage between 1 and 4),
    confidence        double not null check (confidence between 0 and 1),
    reason            text not null,
    rubric_version    text not null,
    evidence_url      text,
    as_of             date,
    last_ok_at        timestamp,
    attempts_since_ok bigint not null
);

insert into out_service_rounds by name
select
    rounds.service_id,
    rounds.round_id,
    rounds.country_id,
    services.institution_id,
    services.site_id,
    rounds.state,
    rounds.kept_round_id as known_round_id,
    masked(services.name) as name,
    services.language,
    services.url,
    verdicts.stage,
    coalesce(verdicts.confidence, 0) as confidence,
    coalesce(verdicts.reason, 'not-judged') as reason,
    coalesce(verdicts.rubric_version, '') as rubric_version,
    findings.page_url as evidence_url,
    cast(service_rows.seen_at as date) as as_of,
    rounds.last_ok_at,
    rounds.attempts_since_ok
from core_service_rounds as rounds
inner join core_services as services
    on rounds.service_id = services.service_id and rounds.kept_round_id = services.round_id
inner join core_service_rows as service_rows
    on rounds.service_id = service_rows.service_id and rounds.kept_round_id = service_rows.round_id
left join core_verdicts as verdicts
    on rounds.service_id = verdicts.service_id and rounds.kept_round_id = verdicts.round_id
left join core_evidence as evidence
    on rounds.service_id = evidence.service_id
    and rounds.kept_round_id = evidence.round_id
    and evidence.proof_rank = 1
left join core_findings as findings
    on evidence.round_id = findings.round_id and evidence.finding_id = findings.finding_id
where rounds.round_id = getvariable('round_id')
order by rounds.service_id;

comment on table out_service_rounds is 'History of each service, round by round. The macro services_at(day) reads it.';
comment on column out_service_rounds.service_id is 'The service.';
comment on column out_service_rounds.round_id is 'Month of the round, YYYY-MM.';
comment on column out_service_rounds.country_id is 'Country it belongs to.';
comment on column out_service_rounds.institution_id is 'Public body that provided it.';
comment on column out_service_rounds.site_id is 'Site where it was found best described.';
comment on column out_service_rounds.state is 'seen in this round; kept from an earlier one because it could not be looked at; or gone.';
comment on column out_service_rounds.known_round_id is 'Round from which the rest of this row comes.';
comment on column out_service_rounds.name is 'Its name, in the words of the page.';
comment on column out_service_rounds.language is 'Language of name, ISO 639-1.';
comment on column out_service_rounds.url is 'Address of the page that described it best.';
comment on column out_service_rounds.stage is 'Stage, 1 to 4; empty when undetermined.';
comment on column out_service_rounds.confidence is 'How sure the stage was, 0 to 1.';
comment on column out_service_rounds.reason is 'Rule that gave the stage, or why there was none.';
comment on column out_service_rounds.rubric_version is 'Version of the rules that judged it.';
comment on column out_service_rounds.evidence_url is 'Address of the page that proved the stage.';
comment on column out_service_rounds.as_of is 'Day on which what this row says was last seen to be so.';
comment on column out_service_rounds.last_ok_at is 'Last time that one of its pages was seen, UTC.';
comment on column out_service_rounds.attempts_since_ok is 'Rounds since then in which its site was asked in vain.';
