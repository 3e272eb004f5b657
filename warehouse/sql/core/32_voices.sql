-- One row per site and round of its country, whether it was asked or not: what it has to say, by its own rhythm.
-- Grain: round_id, site_id.
-- Silent is not quiet: a silent site does not answer, a quiet one answers and says nothing new. Either is unusual
-- only beside what the same site did before. A page says something new when its text is other than it last was.
create table core_site_voices (
    country_id         text    not null,
    round_id           text    not null,
    site_id            text    not null,
    is_seen            boolean not null,
    last_ok_round      text,
    last_ok_at         timestamp,
    attempts_since_ok  bigint  not null,
    changed_page_count bigint  not null,
    looks_since_change bigint,
    usual_looks        double,
    voice              text    not null check (
        voice in ('speaks', 'quiet', 'unusually_quiet', 'silent', 'unusually_silent', 'not_asked')
    )
);

insert into core_site_voices by name
with site_rounds as (
    select rounds.country_id, rounds.round_id, sites.site_id
    from core_rounds as rounds
    inner join codes_sites as sites using (country_id)
    union
    select rounds.country_id, rounds.round_id, tried.site_id
    from core_rounds as rounds
    inner join core_site_rounds as tried using (country_id, round_id)
),

news as (
    select round_id, site_id, count(*) as changed_page_count
    from core_texts
    where round_id = getvariable('round_id')
    group by round_id, site_id
    union all by name
    select round_id, site_id, changed_page_count
    from core_site_voices
    where changed_page_count > 0
),

-- Looks are counted, not rounds: while a site is silent it cannot be quiet.
looked as (
    select
        site_rounds.*,
        tried.site_id is not null as is_asked,
        coalesce(tried.seen_count > 0, false) as is_seen,
        coalesce(news.changed_page_count, 0) as changed_page_count,
        max(site_rounds.round_id) filter (where tried.seen_count > 0) over history as last_ok_round,
        max(tried.last_seen_at) over history as last_ok_at,
        count(*) filter (where tried.seen_count > 0) over history as look
    from site_rounds
    left join core_site_rounds as tried using (round_id, site_id)
    left join news using (round_id, site_id)
    window history as (partition by site_rounds.site_id order by site_rounds.round_id)
),

since as (
    select
        *,
        count(*) filter (where is_asked and not is_seen) over (
            partition by site_id, look order by round_id
        ) as attempts_since_ok,
        max(look) filter (where changed_page_count > 0) over history as changed_look,
        max(look) filter (where changed_page_count > 0) over (
            partition by site_id order by round_id rows between unbounded preceding and 1 preceding
        ) as changed_look_before
    from looked
    window history as (partition by site_id order by round_id)
),

rhythms as (
    select
        *,
        look - changed_look as looks_since_change,
        median(if(changed_page_count > 0, look - changed_look_before, null)) over (
            partition by site_id order by round_id
        ) as usual_looks,
        max(attempts_since_ok) over (
            partition by site_id order by look range between unbounded preceding and 1 preceding
        ) as longest_silence
    from since
)

select
    * exclude (is_asked, look, changed_look, changed_look_before, longest_silence),
    case
        when not is_asked then 'not_asked'
        when not is_seen and last_ok_round is not null and attempts_since_ok > greatest(1, longest_silence)
            then 'unusually_silent'
        when not is_seen then 'silent'
        when changed_page_count > 0 then 'speaks'
        when looks_since_change > 3 * greatest(1, coalesce(usual_looks, 1)) then 'unusually_quiet'
        else 'quiet'
    end as voice
from rhythms
where round_id = getvariable('round_id')
order by site_id;

comment on table core_site_voices is 'Whether each site has something new to say in each round, says nothing new, or does not answer, beside what it did before.';
comment on column core_site_voices.country_id is 'Country of the round.';
comment on column core_site_voices.round_id is 'Month of the round, YYYY-MM.';
comment on column core_site_voices.site_id is 'The site.';
comment on column core_site_voices.is_seen is 'Whether a page of it was seen in this round.';
comment on column core_site_voices.last_ok_round is 'Last round, up to this one, in which a page of it was seen.';
comment on column core_site_voices.last_ok_at is 'Last time up to this round that a page of it was seen, UTC.';
comment on column core_site_voices.attempts_since_ok is 'Rounds since then in which it was asked in vain.';
comment on column core_site_voices.changed_page_count is 'Its pages whose text is new, or other than it last was.';
comment on column core_site_voices.looks_since_change is 'Rounds in which it was seen since one of its pages last changed.';
comment on column core_site_voices.usual_looks is 'Rounds in which it is seen from one change to the next, in the middle of all up to this round.';
comment on column core_site_voices.voice is 'speaks, quiet, unusually_quiet, silent, unusually_silent or not_asked.';
