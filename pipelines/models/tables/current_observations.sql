-- one row per current cell, with its value and the place it was read from
with
cells as (select * from int_current_cells),
observations as (
    select
        form, facility, area, period, element, item, value, qualifier, status,
        run, submission, name, report, sheet, cell, text
    from cells
)
select * from observations
