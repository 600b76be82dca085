-- one row per error of a submission's latest judgement that still awaits a person
with
errors as (select * from open_findings where severity = 'error'),
awaiting as (
    select
        submission, file, received_at, sheet, cell, code, facility, period, element, text, message, suggestion, params
    from errors
)
select * from awaiting order by received_at, file, submission, sheet, cell, code
