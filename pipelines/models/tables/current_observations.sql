-- one row per current cell, with its value and the place it was read from
with
cells as (select * from int_current_cells),
files as (select * from stg_submissions),
observations as (
    select
        cells.form, cells.facility, cells.area, cells.period, cells.element, cells.item, cells.value, cells.qualifier,
        cells.status, cells.run, cells.submission, files.name, cells.report, cells.sheet, cells.cell, cells.text
    from cells
    join files on cells.submission = files.submission
)
select * from observations
