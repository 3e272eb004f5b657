-- One row per field that this round found changed, of before as of after: the page that proves what it was then.
-- Grain: service_id, round_id, field, language.
create table core_change_proofs (
    service_id text not null,
    round_id   text not null,
    field      text not null,
    language   text,
    page_url   text,
    quote      text,
    capture_id text
);

delete from core_change_proofs;

insert into core_change_proofs by name
with wanted as (
    select service_id, round_id, field, language, change = 'gone' as is_end
    from core_changes
    where round_id = getvariable('round_id')
    union
    select service_id, before_round_id as round_id, field, language, false as is_end
    from core_changes
    where round_id = getvariable('round_id') and before_round_id is not null
),

proofs as (
    select wanted.*, 1 as rank, findings.page_url, findings.quote, findings.capture_id
    from wanted
    inner join core_evidence as evidence using (service_id, round_id)
    inner join core_findings as findings using (round_id, finding_id)
    where wanted.field = 'stage' and evidence.proof_rank = 1
    union all by name
    select wanted.*, 1 as rank, pages.url as page_url, names.name as quote, pages.capture_id
    from wanted
    inner join core_service_names as names using (service_id, round_id, language)
    inner join core_pages as pages using (round_id, page_id)
    where wanted.field = 'name'
    union all by name
    select wanted.*, 1 as rank, pages.url as page_url, facts.quote, pages.capture_id
    from wanted
    inner join core_service_facts as facts
        on wanted.service_id = facts.service_id
        and wanted.round_id = facts.round_id
        and if(wanted.field = 'processing_days', 'processing_time', wanted.field) = facts.fact
        and coalesce(wanted.language, facts.language) = facts.language
    inner join core_pages as pages
        on facts.round_id = pages.round_id and facts.page_id = pages.page_id
    union all by name
    -- What proves that it is gone: the answer where it stood, its own page's before that of a list.
    select wanted.*, if(service_pages.role = 'list', 3, 2) as rank, looks.url as page_url, looks.capture_id
    from wanted
    inner join core_service_rounds as rounds using (service_id, round_id)
    inner join core_service_pages as service_pages
        on rounds.service_id = service_pages.service_id and rounds.last_seen_round = service_pages.round_id
    inner join core_looks as looks
        on rounds.round_id = looks.round_id and service_pages.url = looks.url
    where wanted.is_end
    union all by name
    -- What no words prove, the page shows that describes the service best.
    select
        wanted.*,
        4 as rank,
        services.url as page_url,
        if(wanted.field = 'state', services.name, null) as quote,
        pages.capture_id
    from wanted
    inner join core_services as services using (service_id, round_id)
    left join core_pages as pages using (round_id, page_id)
)

select * exclude (rank, is_end)
from proofs
qualify row_number() over (
    partition by service_id, round_id, field, language order by rank, page_url, quote, capture_id
) = 1
order by service_id, round_id, field, language;

comment on table core_change_proofs is 'Where the words stand that prove what a changed field was in a round.';
comment on column core_change_proofs.service_id is 'The service.';
comment on column core_change_proofs.round_id is 'Round whose value it proves.';
comment on column core_change_proofs.field is 'The field.';
comment on column core_change_proofs.language is 'Language of the value; empty where it is no words of a page.';
comment on column core_change_proofs.page_url is 'Address of the page.';
comment on column core_change_proofs.quote is 'The words, letter by letter; empty where the page as a whole shows it.';
comment on column core_change_proofs.capture_id is 'Request that gave the page.';
