-- one row per report of a facility × series with a value; complete when all its elements are accepted (view)
with
cells as (select * from int_current_values),
parts as (select * from int_parts where is_alone),
alone as (
    select cells.report_no, parts.series_no, cells.value, true as complete
    from cells
    join parts on cells.item_no = parts.item_no
),
together as (
    select * from alone
    union all
    select * from int_sums
)
select * from together
