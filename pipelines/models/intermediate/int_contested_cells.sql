-- one row per current cell where several reports hold one key: of each element and item, the highest report's
with
contested as (select * from int_current_reports where contested),
cells as (
    select
        contested.form, contested.facility_no, contested.area, contested.period_no, contested.rank,
        observations.run, observations.report, observations.element, observations.item
    from observations
    join contested on observations.run = contested.run and observations.report = contested.position
),
latest as (
    select
        *,
        max(rank) over (partition by form, facility_no, area, period_no, element, item) as highest
    from cells
),
standing as (
    select distinct run, report, element, item from latest where rank = highest
)
select * from standing
