-- one row per form × month in which reports are due: of every year with a report, whole, until the last month that has a report or has ended
with
current_reports as (select * from int_current_reports),
newest as (select max(received_at) as received_at from stg_submissions),
spans as (
    select
        current_reports.form,
        min(periods.year) as first_year,
        max(periods.year) as last_year,
        max(periods.last_month) as last_month
    from current_reports
    join periods on current_reports.period_no = periods.period_no
    group by current_reports.form
),
-- whole years: growth over a year that was collected in part must say that months are missing
-- the year after, once files arrive in it: in February nobody may have sent January
months as (
    select spans.form, periods.period, periods.period_no, periods.year, periods.end_date
    from spans
    cross join newest
    join periods
        on periods.period_type = 'month'
        and periods.year >= spans.first_year
        and (
            periods.period_no <= spans.last_month
            or periods.end_date <= newest.received_at
            and (
                periods.year <= spans.last_year
                or periods.year = spans.last_year + 1 and periods.year = year(newest.received_at)
            )
        )
)
select * from months
