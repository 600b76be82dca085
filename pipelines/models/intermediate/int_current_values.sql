-- one row per current cell of a facility with a value, in numbers alone: they are the most by far, and are read several times
with
cells as (select * from int_current_cells where value is not null and report_no is not null),
current_values as (
    select cells.report_no, items.item_no, cells.value
    from cells
    join int_items as items on cells.element = items.element and cells.item = items.item
)
select * from current_values
