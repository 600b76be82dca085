-- one row per current cell of an area row, with the division that its period ends in; a quarantined cell is NULL
with
held as (select * from int_current_reports where area is not null),
cells as (
    select
        forms.collects as form, held.form as told_by, held.area, held.period_no, held.rank,
        observations.element, observations.item, observations.value
    from observations
    join held on observations.run = held.run and observations.report = held.position
    join forms on held.form = forms.form
),
-- two files, or two forms, never add up
latest as (
    select *
    from cells
    qualify row_number() over (partition by area, period_no, element, item order by rank desc, told_by) = 1
),
dated as (
    select
        periods.period_no, periods.year,
        coalesce(
            max(case when divisions.boundaries <= periods.end_date then divisions.boundaries end),
            min(divisions.boundaries)
        ) as boundaries
    from periods
    cross join divisions
    group by periods.period_no, periods.year
),
placed as (
    select
        latest.form, latest.area, dated.boundaries, latest.period_no, dated.year,
        latest.element, latest.item, latest.value
    from latest
    join dated on latest.period_no = dated.period_no
)
select * from placed
