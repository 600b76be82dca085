-- one row per report that may hold current cells: no later report has replaced it whole
with
-- a wholly quarantined or conflicting report puts nothing aside
accepted as (select * from stg_reports where cells_accepted > 0),
keys as (
    select form, facility, area, period
    from accepted
    group by form, facility, area, period
    having count(*) > 1
),
sole as (
    select accepted.*, 1 as rank, 0 as whole, false as contested
    from accepted
    anti join keys
        on accepted.form = keys.form and accepted.period = keys.period
        and accepted.facility is not distinct from keys.facility and accepted.area is not distinct from keys.area
),
ranked as (
    select
        accepted.*,
        row_number() over (
            partition by form, facility, area, period
            order by declared_revision, first_run, first_position, position
        ) as rank
    from accepted
    semi join keys
        on accepted.form = keys.form and accepted.period = keys.period
        and accepted.facility is not distinct from keys.facility and accepted.area is not distinct from keys.area
),
-- `whole` is the rank of the last report that replaces all before it
standing as (
    select
        *,
        max(case when replaces = 'report' then rank else 0 end) over (partition by form, facility, area, period)
            as whole,
        true as contested
    from ranked
),
current_reports as (
    select * from sole
    union all
    select * from standing where rank >= whole
)
select * from current_reports
