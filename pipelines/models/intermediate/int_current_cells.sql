-- one row per current cell; a quarantined cell is NULL and hides what an earlier report said there (view)
with
alone as (select * from int_placed_reports where not contested),
rivals as (select * from int_placed_reports where contested),
cells as (
    select observations.*, alone.report_no
    from observations
    join alone on observations.run = alone.run and observations.report = alone.position
    union all
    select observations.*, rivals.report_no
    from observations
    join rivals on observations.run = rivals.run and observations.report = rivals.position
    semi join int_contested_cells as standing
        on observations.run = standing.run and observations.report = standing.report
        and observations.element = standing.element and observations.item = standing.item
)
select * from cells
