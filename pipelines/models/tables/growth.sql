-- one row per indicator × item × area × boundaries × group × period × comparison with a report expected or a value on either side
with
parts as (
    select period_no, month_no as part_no from period_months
    union
    select period_no, period_no as part_no from periods
),
tables as (select distinct cell_no, area, boundaries, group_by, group_value from profile_keys),
newest as (select max(received_at) as received_at from stg_submissions),
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
    join parts on cells.now_no = parts.part_no
    group by cells.series_no, cells.cell_no, cells.comparison, parts.period_no
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
        series.indicator, series.item, tables.area, tables.boundaries, tables.group_by, tables.group_value,
        pairs.period, pairs.period_type, pairs.base_period, present.*,
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
    join tables on present.cell_no = tables.cell_no
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
sides as (
    select
        *,
        case when compares then value - base_value end as change,
        case when compares then value end as compared_value,
        case when compares and base_value <> 0 then abs(base_value) end as base_size,
        case when compares and matched_base_value <> 0 then abs(matched_base_value) end as matched_base_size
    from compared
),
-- DECIMAL divides as DOUBLE, which may miss the last digit by one ...
rough as (
    select
        *,
        try_cast(cast(abs(compared_value) as double) * 100 / cast(base_size as double) as decimal(18, 8))
            as rough_index,
        try_cast(cast(abs(change) as double) * 100 / cast(base_size as double) as decimal(18, 8)) as rough_change,
        try_cast(cast(abs(matched) as double) * 100 / cast(matched_base_size as double) as decimal(18, 8))
            as rough_matched
    from sides
),
remainders as (
    select
        *,
        cast(0.00000001 as decimal(8, 8)) as digit,
        2 * (abs(compared_value) * 100 - rough_index * base_size) as index_remainder,
        2 * (abs(change) * 100 - rough_change * base_size) as change_remainder,
        2 * (abs(matched) * 100 - rough_matched * matched_base_size) as matched_remainder
    from rough
),
-- ... so the remainder, which is exact, puts it right: half up, away from zero
shares as (
    select
        *,
        sign(compared_value) * sign(base_value) * (
            rough_index + case
                when index_remainder >= base_size * digit then digit
                when index_remainder < -base_size * digit then -digit
                else 0
            end
        ) as index_share,
        sign(change) * sign(base_value) * (
            rough_change + case
                when change_remainder >= base_size * digit then digit
                when change_remainder < -base_size * digit then -digit
                else 0
            end
        ) as change_share,
        sign(matched) * sign(matched_base_value) * (
            rough_matched + case
                when matched_remainder >= matched_base_size * digit then digit
                when matched_remainder < -matched_base_size * digit then -digit
                else 0
            end
        ) as matched_change_share
    from remainders
),
growth as (
    select
        indicator, item, area, boundaries, group_by, group_value, period, period_type, comparison, base_period,
        value, base_value,
        change,
        try_cast(change_share as decimal(18, 8)) as change_pct,
        cast(null as decimal(18, 8)) as change_pp,
        try_cast(index_share as decimal(18, 8)) as index_pct,
        status,
        expected_reports,
        reports,
        base_expected_reports,
        base_reports,
        matched_reports,
        matched_value, matched_base_value,
        try_cast(matched_change_share as decimal(18, 8)) as matched_change_pct,
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
