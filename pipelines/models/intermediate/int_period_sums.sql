-- one row per series × cell × comparison × period with a report expected or a value on either side, each of facilities or of area rows
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
),
-- facilities and area rows never add up: where a side has facilities' figures, those alone are it
sourced as (
    select
        coalesce(present.series_no, history.series_no) as series_no,
        coalesce(present.cell_no, history.cell_no) as cell_no,
        coalesce(present.comparison, history.comparison) as comparison,
        coalesce(present.now_no, history.now_no) as now_no,
        coalesce(present.value, history.value) as value,
        coalesce(present.base_value, history.base_value) as base_value,
        case when present.value is not null then 'facilities' when history.value is not null then 'history' end
            as value_source,
        case
            when present.base_value is not null then 'facilities'
            when history.base_value is not null then 'history'
        end as base_source,
        coalesce(present.reports, 0) as reports,
        coalesce(present.base_reports, 0) as base_reports,
        coalesce(present.expected_reports, 0) as expected_reports,
        coalesce(present.base_expected_reports, 0) as base_expected_reports,
        coalesce(present.matched_reports, 0) as matched_reports,
        present.matched_value, present.matched_base_value,
        present.matched, present.entered, present.gone, present.missing, present.missing_base, present.reclassified
    from present
    full join int_history_sums as history
        on present.series_no = history.series_no and present.cell_no = history.cell_no
        and present.comparison = history.comparison and present.now_no = history.now_no
)
select * from sourced
