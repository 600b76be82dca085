-- one row per current cell; a quarantined cell is NULL and hides what an earlier report said there (view)
with
held as (select * from int_placed_reports),
read as (
    select
        held.form, held.facility, held.area, held.period, held.name, held.contested,
        held.facility_no, held.unit_no, held.period_no, held.profile, held.expected, held.stands_for,
        observations.run, observations.submission, observations.report, observations.element, observations.item,
        observations.value, observations.qualifier, observations.status,
        observations.sheet, observations.cell, observations.text
    from observations
    join held on observations.run = held.run and observations.report = held.position
),
cells as (
    select * from read where not contested
    union all
    select read.*
    from read
    semi join int_contested_cells as standing
        on read.run = standing.run and read.report = standing.report
        and read.element = standing.element and read.item = standing.item
    where read.contested
)
select * from cells
