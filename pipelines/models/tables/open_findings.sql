-- one row per error or warning of a submission's latest judgement that no newer report has put aside
with
raised as (
    select
        findings.*, latest.name as file, latest.media, latest.received_at, latest.first_run, latest.first_position,
        row_number() over (order by findings.run, findings.submission) as finding_no
    from findings
    join stg_submissions as latest on findings.submission = latest.submission and findings.run = latest.run
    where findings.severity = 'warning' or (findings.severity = 'error' and latest.verdict <> 'accepted')
),
-- the finding's own report, where it has one, says its form and its declared revision
placed as (
    select
        raised.finding_no, raised.submission, raised.facility, raised.period, raised.element,
        own.form,
        row(coalesce(own.declared_revision, 0), raised.first_run, raised.first_position) as place
    from raised
    left join stg_reports as own
        on raised.submission = own.submission and raised.facility = own.facility and raised.period = own.period
),
newer as (
    select placed.finding_no, placed.element, reports.run, reports.position, reports.replaces
    from placed
    join stg_reports as reports
        on placed.facility = reports.facility and placed.period = reports.period
        and coalesce(placed.form, reports.form) = reports.form
    where reports.verdict = 'accepted'
        and row(reports.declared_revision, reports.first_run, reports.first_position) > placed.place
),
put_aside as (
    select finding_no from newer where replaces = 'report'
    union
    select newer.finding_no
    from newer
    join observations
        on newer.run = observations.run and newer.position = observations.report
        and newer.element = observations.element
    where newer.replaces = 'elements'
),
open_findings as (
    select
        raised.submission, raised.file, raised.media, raised.received_at, raised.first_run, raised.severity,
        raised.sheet, raised.cell, raised.code, raised.facility, raised.period, raised.element, raised.text,
        raised.message, raised.suggestion, raised.params
    from raised
    anti join put_aside on raised.finding_no = put_aside.finding_no
)
select * from open_findings order by received_at, file, submission, sheet, cell, code
