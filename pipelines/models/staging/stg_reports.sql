-- one row per report of a submission's latest judgement (view)
with
given as (select * from reports),
latest as (select * from stg_submissions),
judged as (
    select
        given.run, given.submission, given.position, given.form, given.edition, given.facility, given.area,
        given.period, given.sheet, given.verdict, given.declared_revision, given.replaces, given.cells_accepted,
        latest.first_run, latest.first_position, latest.received_at, latest.name
    from given
    join latest on given.submission = latest.submission and given.run = latest.run
)
select * from judged
