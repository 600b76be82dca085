-- one row per series × facility × month with a value, in the unfinished year and in the year before
with
months as (select * from int_estimate_months),
sides as (
    select months.form, months.month_no as period_no, true as this_year from months
    union all
    select months.form, months.prior_no, false from months
),
reports as (
    select owed.report_no, owed.unit_no, owed.facility_no, owed.period_no, owed.profile, sides.this_year
    from int_facility_periods as owed
    join sides on owed.form = sides.form and owed.period_no = sides.period_no
),
held as (
    select
        int_values.series_no, reports.unit_no, reports.facility_no, reports.period_no, reports.profile,
        int_values.value, int_values.complete, reports.this_year
    from int_values
    join reports on int_values.report_no = reports.report_no
    -- last year's month says nothing of a disease or a ward
    join int_series on int_values.series_no = int_series.series_no and int_series.item = ''
)
select * from held
