-- one row per report of a submission's latest judgement (view)
with
given as (select * from reports),
latest as (select * from stg_submissions),
judged as (
    select
        given.run, given.submission, given.position, given.form, given.edition, given.facility, given.area,
        given.period, given.sheet, given.verdict, given.declared_revision, given.replaces, given.cells_accepted,
        latest.first_run, latest.first_position, latest.received_at, latest.name,
        -- of two reports of one thing the one of the greater place counts
        {
            'declared_revision': given.declared_revision, 'run': latest.first_run, 'position': latest.first_position
        } as place
    from given
    join latest on given.submission = latest.submission and given.run = latest.run
)
select * from judged
