-- one row per current cell; a quarantined cell is NULL and hides what an earlier report said there (view)
with
held as (select * from int_placed_reports),
sole as (
    select
        held.* exclude (run, submission, contested),
        observations.run, observations.submission, observations.element, observations.item, observations.value,
        observations.qualifier, observations.status, observations.sheet, observations.cell, observations.text
    from observations
    join held on observations.run = held.run and observations.report = held.position
    where not held.contested
),
several as (
    select
        held.* exclude (run, submission, contested),
        observations.run, observations.submission, observations.element, observations.item, observations.value,
        observations.qualifier, observations.status, observations.sheet, observations.cell, observations.text
    from observations
    join held on observations.run = held.run and observations.report = held.position
    semi join int_contested_cells as standing
        on observations.run = standing.run and observations.report = standing.report
        and observations.element = standing.element and observations.item = standing.item
    where held.contested
),
cells as (
    select * from sole
    union all
    select * from several
)
select * from cells
