-- one row per submission: its latest judgement, and when it first arrived
with
received as (select * from submissions),
arrivals as (
    select
        submission,
        max(run) as run,
        min(run) as first_run,
        arg_min(position, run) as first_position,
        arg_min(received_at, run) as received_at,
        arg_min(name, run) as name,
        arg_max(verdict, run) as verdict,
        arg_max(media, run) as media,
        json_extract_string(nullif(arg_max(hints, run), ''), '$.form') as said_form
    from received
    group by submission
)
select * from arrivals
