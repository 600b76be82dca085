-- one row per facility × period longer than a month × series for which its own report of the whole period counts
with
wholes as (
    select
        reports.form, reports.unit_no, reports.facility_no, reports.period_no, reports.profile,
        series.at_end, held.series_no, held.value, held.complete
    from int_facility_periods as reports
    join int_values as held on reports.report_no = held.report_no
    join int_series as series on held.series_no = series.series_no
    where reports.period_no >= 100000
),
months as (select * from int_facility_periods where period_no < 100000),
counted as (
    select
        wholes.form, wholes.at_end, wholes.unit_no, wholes.facility_no, wholes.period_no, wholes.series_no,
        wholes.profile, wholes.value, wholes.complete,
        cast(coalesce(sum(case when months.expected then months.stands_for end), 0) as bigint) as expected_reports,
        cast(coalesce(sum(case when months.expected and monthly.complete then months.stands_for end), 0) as bigint)
            as complete_reports,
        count(monthly.report_no) as valued_months
    from wholes
    join int_period_months as period_months
        on wholes.period_no = period_months.period_no and wholes.at_end = period_months.at_end
    left join months
        on wholes.form = months.form and wholes.facility_no = months.facility_no
        and period_months.month_no = months.period_no
    left join int_values as monthly
        on months.report_no = monthly.report_no and wholes.series_no = monthly.series_no
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
