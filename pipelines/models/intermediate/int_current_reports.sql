-- one row per report that may hold current cells: no later report has replaced it whole
with
-- a wholly quarantined or conflicting report puts nothing aside
accepted as (
    select
        reports.run, reports.position, reports.form, reports.area, facilities.facility_no, periods.period_no,
        forms.form_no + facilities.facility_no + periods.period_no as report_no,
        reports.declared_revision, reports.first_run, reports.first_position, reports.replaces
    from stg_reports as reports
    join int_forms as forms on reports.form = forms.form
    join periods on reports.period = periods.period
    left join int_facilities as facilities on reports.facility = facilities.facility
    where reports.cells_accepted > 0
),
keys as (
    select form, facility_no, area, period_no
    from accepted
    group by form, facility_no, area, period_no
    having count(*) > 1
),
sole as (
    select accepted.*, 1 as rank, 0 as whole, false as contested
    from accepted
    anti join keys
        on accepted.form = keys.form and accepted.period_no = keys.period_no
        and accepted.facility_no is not distinct from keys.facility_no and accepted.area is not distinct from keys.area
),
ranked as (
    select
        accepted.*,
        row_number() over (
            partition by form, facility_no, area, period_no
            order by declared_revision, first_run, first_position, position
        ) as rank
    from accepted
    semi join keys
        on accepted.form = keys.form and accepted.period_no = keys.period_no
        and accepted.facility_no is not distinct from keys.facility_no and accepted.area is not distinct from keys.area
),
-- `whole` is the rank of the last report that replaces all before it
standing as (
    select
        *,
        max(case when replaces = 'report' then rank else 0 end) over (partition by form, facility_no, area, period_no)
            as whole,
        true as contested
    from ranked
),
together as (
    select * from sole
    union all
    select * from standing where rank >= whole
),
current_reports as (
    select run, position, form, area, facility_no, period_no, report_no, rank, contested
    from together
)
select * from current_reports
