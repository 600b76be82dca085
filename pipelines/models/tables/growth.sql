-- one row per indicator × item × area × boundaries × group × period × comparison with a report expected or a value on either side
with
parts as (
    select period_no, month_no as part_no from period_months
    union
    select period_no, period_no as part_no from periods
),
newest as (select max(received_at) as received_at from stg_submissions),
sums as (
    select
        cells.series_no, cells.area, cells.boundaries, cells.group_by, cells.group_value, cells.comparison,
        parts.period_no as now_no,
        sum(cells.value) as value_sum,
        sum(cells.base_value) as base_value_sum,
        sum(cells.value_count) as value_count,
        sum(cells.base_value_count) as base_value_count,
        sum(cells.reports) as reports,
        sum(cells.base_reports) as base_reports,
        sum(cells.expected_reports) as expected_reports,
        sum(cells.base_expected_reports) as base_expected_reports,
        sum(cells.matched_reports) as matched_reports,
        sum(cells.matched_value) as matched_value_sum,
        sum(cells.matched_base_value) as matched_base_value_sum,
        sum(cells.entered) as entered,
        sum(cells.gone) as gone,
        sum(cells.missing) as missing,
        sum(cells.missing_base) as missing_base,
        sum(cells.reclassified) as reclassified
    from int_cells as cells
    join parts on cells.now_no = parts.part_no
    group by
        cells.series_no, cells.area, cells.boundaries, cells.group_by, cells.group_value, cells.comparison,
        parts.period_no
),
-- a silent zero is worse than nothing: a sum over no value at all is NULL
present as (
    select
        *,
        case when value_count > 0 then value_sum end as value,
        case when base_value_count > 0 then base_value_sum end as base_value,
        case when matched_reports > 0 then matched_value_sum end as matched_value,
        case when matched_reports > 0 then matched_base_value_sum end as matched_base_value,
        matched_value_sum - matched_base_value_sum as matched
    from sums
    where value_count > 0 or base_value_count > 0 or expected_reports > 0 or base_expected_reports > 0
),
-- a definition that changed after the base period began makes the two periods two different things
broken as (
    select distinct indicator_breaks.indicator, pairs.comparison, pairs.now_no
    from indicator_breaks
    join indicators on indicator_breaks.indicator = indicators.indicator
    join int_comparisons as pairs
        on indicators.form = pairs.form
        and pairs.base_start_date < indicator_breaks.break_date and indicator_breaks.break_date <= pairs.end_date
),
judged as (
    select
        series.indicator, series.item, pairs.period, pairs.period_type, pairs.base_period, present.*,
        case
            when pairs.end_date > newest.received_at then 'unfinished'
            when broken.indicator is not null then 'not_comparable'
            when present.base_value is null then 'no_base'
            when present.base_value = 0 then 'zero_base'
            when present.value is null
                or present.reports < present.expected_reports
                or present.base_reports < present.base_expected_reports then 'partial'
            else 'ok'
        end as status
    from present
    join int_series as series on present.series_no = series.series_no
    join int_comparisons as pairs
        on series.form = pairs.form and present.comparison = pairs.comparison and present.now_no = pairs.now_no
    cross join newest
    left join broken
        on series.indicator = broken.indicator and present.comparison = broken.comparison
        and present.now_no = broken.now_no
),
compared as (
    select
        *,
        status not in ('unfinished', 'not_comparable') and value is not null and base_value is not null as compares
    from judged
),
-- NULL where nothing is compared, so that all that follows is NULL too
scaled as (
    select
        *,
        cast(case when compares then value * 10000 end as hugeint) as value_scaled,
        cast(case when compares then (value - base_value) * 10000 end as hugeint) as change_scaled,
        cast(case when compares then matched * 10000 end as hugeint) as matched_scaled,
        nullif(cast(base_value * 10000 as hugeint), 0) as base_scaled,
        nullif(cast(matched_base_value * 10000 as hugeint), 0) as matched_base_scaled
    from compared
),
-- in hundred-millionths of a percent, half up, by whole numbers: a DOUBLE would lose the last digits
shares as (
    select
        *,
        sign(value_scaled) * sign(base_scaled)
            * ((20000000000 * abs(value_scaled) + abs(base_scaled)) // (2 * abs(base_scaled))) as index_share,
        sign(change_scaled) * sign(base_scaled)
            * ((20000000000 * abs(change_scaled) + abs(base_scaled)) // (2 * abs(base_scaled))) as change_share,
        sign(matched_scaled) * sign(matched_base_scaled)
            * ((20000000000 * abs(matched_scaled) + abs(matched_base_scaled)) // (2 * abs(matched_base_scaled)))
            as matched_change_share
    from scaled
),
growth as (
    select
        indicator, item, area, boundaries, group_by, group_value, period, period_type, comparison, base_period,
        value, base_value,
        case when compares then value - base_value end as change,
        try_cast(change_share * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)) as change_pct,
        cast(null as decimal(18, 8)) as change_pp,
        try_cast(index_share * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)) as index_pct,
        status,
        cast(expected_reports as bigint) as expected_reports,
        cast(reports as bigint) as reports,
        cast(base_expected_reports as bigint) as base_expected_reports,
        cast(base_reports as bigint) as base_reports,
        cast(matched_reports as bigint) as matched_reports,
        matched_value, matched_base_value,
        try_cast(matched_change_share * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)) as matched_change_pct,
        cast(null as decimal(18, 8)) as matched_change_pp,
        case when compares then matched end as change_matched,
        case when compares then entered end as change_entered,
        case when compares then gone end as change_left,
        case when compares then missing end as change_missing,
        case when compares then missing_base end as change_missing_base,
        case when compares then reclassified end as change_reclassified
    from shares
)
select * from growth
