-- one row per series × cell × comparison × period with a report expected or a value on either side
with
parts as (
    select at_end, period_no, month_no as part_no from int_period_months
    union
    -- what whole reports correct stands at the long period itself
    select ways.at_end, periods.period_no, periods.period_no as part_no
    from periods
    cross join (select distinct at_end from int_period_months) as ways
),
sums as (
    select
        cells.series_no, cells.cell_no, cells.comparison, parts.period_no as now_no,
        sum(cells.value) as value_sum,
        sum(cells.base_value) as base_value_sum,
        sum(cells.value_count) as value_count,
        sum(cells.base_value_count) as base_value_count,
        cast(sum(cells.reports) as bigint) as reports,
        cast(sum(cells.base_reports) as bigint) as base_reports,
        cast(sum(cells.expected_reports) as bigint) as expected_reports,
        cast(sum(cells.base_expected_reports) as bigint) as base_expected_reports,
        cast(sum(cells.matched_reports) as bigint) as matched_reports,
        sum(cells.matched_value) as matched_value_sum,
        sum(cells.matched_base_value) as matched_base_value_sum,
        sum(cells.entered) as entered,
        sum(cells.gone) as gone,
        sum(cells.missing) as missing,
        sum(cells.missing_base) as missing_base,
        sum(cells.reclassified) as reclassified
    from int_cells as cells
    join int_series as series on cells.series_no = series.series_no
    join parts on cells.now_no = parts.part_no and series.at_end = parts.at_end
    group by cells.series_no, cells.cell_no, cells.comparison, parts.period_no
),
-- a silent zero is worse than nothing: a sum over no value at all is NULL
present as (
    select
        series_no, cell_no, comparison, now_no,
        case when value_count > 0 then value_sum end as value,
        case when base_value_count > 0 then base_value_sum end as base_value,
        reports, base_reports, expected_reports, base_expected_reports, matched_reports,
        case when matched_reports > 0 then matched_value_sum end as matched_value,
        case when matched_reports > 0 then matched_base_value_sum end as matched_base_value,
        matched_value_sum - matched_base_value_sum as matched,
        entered, gone, missing, missing_base, reclassified
    from sums
    where value_count > 0 or base_value_count > 0 or expected_reports > 0 or base_expected_reports > 0
)
select * from present
