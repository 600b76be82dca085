-- one row per current report that counts: of a facility that no summed row stands for, or of an area
with
current_reports as (select * from int_current_reports),
placed as (
    select run, position, report_no, contested
    from current_reports
    semi join int_facility_periods on current_reports.report_no = int_facility_periods.report_no
    union all
    select run, position, report_no, contested
    from current_reports
    where report_no is null
)
select * from placed
