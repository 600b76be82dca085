-- one row per error of a submission's latest judgement that still awaits a person
with
latest as (select * from stg_submissions where verdict <> 'accepted'),
errors as (
    select
        findings.*, latest.name as file, latest.received_at, latest.first_run, latest.first_position,
        row_number() over (order by findings.run, findings.submission) as error_no
    from findings
    join latest on findings.submission = latest.submission and findings.run = latest.run
    where findings.severity = 'error'
),
-- the finding's own report, where it has one, says its form and its declared revision
placed as (
    select
        errors.error_no, errors.submission, errors.facility, errors.period, errors.element,
        own.form,
        row(coalesce(own.declared_revision, 0), errors.first_run, errors.first_position) as place
    from errors
    left join stg_reports as own
        on errors.submission = own.submission and errors.facility = own.facility and errors.period = own.period
),
newer as (
    select placed.error_no, placed.element, reports.run, reports.position, reports.replaces
    from placed
    join stg_reports as reports
        on placed.facility = reports.facility and placed.period = reports.period
        and coalesce(placed.form, reports.form) = reports.form
    where reports.verdict = 'accepted'
        and row(reports.declared_revision, reports.first_run, reports.first_position) > placed.place
),
put_aside as (
    select error_no from newer where replaces = 'report'
    union
    select newer.error_no
    from newer
    join observations
        on newer.run = observations.run and newer.position = observations.report
        and newer.element = observations.element
    where newer.replaces = 'elements'
),
awaiting as (
    select
        errors.submission, errors.file, errors.received_at, errors.sheet, errors.cell, errors.code, errors.facility,
        errors.period, errors.element, errors.text, errors.message, errors.suggestion, errors.params
    from errors
    anti join put_aside on errors.error_no = put_aside.error_no
)
select * from awaiting order by received_at, file, submission, sheet, cell, code
