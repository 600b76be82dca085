-- one row per form × month of the year that is not over, with the same month a year before; done: its reports are due
with
newest as (select max(received_at) as received_at from stg_submissions),
last_year as (select max(year) as year from int_spine),
unfinished as (
    select periods.year, periods.period, periods.period_no
    from periods
    join last_year on periods.year = last_year.year
    cross join newest
    where periods.period_type = 'year' and periods.end_date > newest.received_at
),
reporting as (
    select distinct int_spine.form, unfinished.year, unfinished.period as year_period, unfinished.period_no as year_no
    from int_spine
    join unfinished on int_spine.year = unfinished.year
),
months as (
    select
        reporting.form, reporting.year_period, reporting.year_no,
        periods.period, periods.period_no as month_no, periods.period_no - 12 as prior_no, periods.end_date, periods.days,
        periods.period_no = max(periods.period_no) over (partition by reporting.form) as ends_year,
        int_spine.form is not null as done
    from reporting
    join periods on reporting.year = periods.year and periods.period_type = 'month'
    left join int_spine on reporting.form = int_spine.form and periods.period_no = int_spine.period_no
)
select * from months
