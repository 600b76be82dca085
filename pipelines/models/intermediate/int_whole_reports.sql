-- one row per facility × period longer than a month × series for which its own report of the whole period counts
with
wholes as (
    select int_values.*, int_series.form, int_series.at_end
    from int_values
    join int_series on int_values.series_no = int_series.series_no
    where int_values.period_no >= 100000
),
duties as (
    select form, facility_no, period_no, stands_for from int_facility_periods where expected and period_no < 100000
),
counted as (
    select
        wholes.form, wholes.at_end, wholes.unit_no, wholes.facility_no, wholes.period_no, wholes.series_no,
        wholes.profile, wholes.value, wholes.complete,
        cast(coalesce(sum(duties.stands_for), 0) as bigint) as expected_reports,
        cast(coalesce(sum(case when monthly.complete then duties.stands_for end), 0) as bigint) as complete_reports,
        count(monthly.period_no) as valued_months
    from wholes
    join int_period_months as period_months
        on wholes.period_no = period_months.period_no and wholes.at_end = period_months.at_end
    left join duties
        on wholes.form = duties.form and wholes.facility_no = duties.facility_no
        and period_months.month_no = duties.period_no
    left join int_values as monthly
        on wholes.series_no = monthly.series_no and wholes.facility_no = monthly.facility_no
        and period_months.month_no = monthly.period_no
    group by
        wholes.form, wholes.at_end, wholes.unit_no, wholes.facility_no, wholes.period_no, wholes.series_no,
        wholes.profile, wholes.value, wholes.complete
),
-- months if complete, else the whole report, else the months there are
counting as (
    select *
    from counted
    where (expected_reports = 0 or complete_reports < expected_reports) and (complete or valued_months = 0)
)
select * from counting
