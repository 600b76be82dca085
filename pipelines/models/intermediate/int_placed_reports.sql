-- one row per current report, with the facility's numbers, place and duty at the period's end
with
current_reports as (select * from int_current_reports),
facility_periods as (select * from int_facility_periods),
placed as (
    select
        current_reports.run, current_reports.submission, current_reports.position, current_reports.form,
        current_reports.facility, current_reports.area, current_reports.period, current_reports.contested,
        current_reports.name,
        facility_periods.facility_no, facility_periods.unit_no, facility_periods.period_no,
        facility_periods.profile, facility_periods.expected, facility_periods.stands_for
    from current_reports
    left join facility_periods
        on current_reports.form = facility_periods.form and current_reports.facility = facility_periods.facility
        and current_reports.period = facility_periods.period
    -- a facility whose figures a summed row holds
    where current_reports.facility is null or facility_periods.facility is not null
)
select * from placed
