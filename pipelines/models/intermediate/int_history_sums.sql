-- one row per series × cell × comparison × period with a figure of area rows on either side
with
history as (
    select history.*, series.form
    from int_history_values as history
    join int_series as series on history.series_no = series.series_no
),
cells as (select distinct cell_no, area, boundaries from profile_keys where group_by = 'all'),
pairs as (select * from int_comparisons),
sides as (
    select
        history.series_no, history.area, history.boundaries, pairs.comparison, pairs.now_no,
        history.value, null as base_value
    from history
    join pairs on history.form = pairs.form and history.period_no = pairs.now_no
    union all
    select
        history.series_no, history.area, history.boundaries, pairs.comparison, pairs.now_no,
        null, history.value
    from history
    join pairs on history.form = pairs.form and history.period_no = pairs.base_no
),
sums as (
    select
        sides.series_no, cells.cell_no, sides.comparison, sides.now_no,
        max(sides.value) as value, max(sides.base_value) as base_value
    from sides
    join cells on sides.area = cells.area and sides.boundaries = cells.boundaries
    group by sides.series_no, cells.cell_no, sides.comparison, sides.now_no
)
select * from sums
