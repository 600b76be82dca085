-- one row per form × month of its years, from the first to the last that has a report or has ended
with
current_reports as (select * from int_current_reports),
newest as (select max(received_at) as received_at from stg_submissions),
spans as (
    select
        current_reports.form,
        min(periods.first_month) as first_month,
        max(periods.last_month) as last_month
    from current_reports
    join periods on current_reports.period = periods.period
    group by current_reports.form
),
-- whole years: growth over a year that was collected in part must say that months are missing
months as (
    select
        spans.form, periods.period, periods.period_no, periods.year, periods.end_date,
        periods.period_no between spans.first_month and spans.last_month as collected
    from spans
    cross join newest
    join periods
        on periods.period_type = 'month'
        and periods.period_no >= spans.first_month - spans.first_month % 12
        and periods.period_no <= spans.last_month - spans.last_month % 12 + 11
        and (periods.period_no <= spans.last_month or periods.end_date <= newest.received_at)
)
select * from months
