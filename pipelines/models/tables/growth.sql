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
        sum(cells.value) as value,
        sum(cells.base_value) as base_value,
        sum(cells.value_count) as value_count,
        sum(cells.base_value_count) as base_value_count,
        sum(cells.reports) as reports,
        sum(cells.base_reports) as base_reports,
        sum(cells.expected_reports) as expected_reports,
        sum(cells.base_expected_reports) as base_expected_reports,
        sum(cells.matched_reports) as matched_reports,
        sum(cells.matched_value) as matched_value,
        sum(cells.matched_base_value) as matched_base_value,
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
present as (
    select
        * replace (
            case when value_count > 0 then value end as value,
            case when base_value_count > 0 then base_value end as base_value,
            case when matched_reports > 0 then matched_value end as matched_value,
            case when matched_reports > 0 then matched_base_value end as matched_base_value
        )
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
scaled as (
    select
        *,
        cast(base_value * 10000 as hugeint) as base_scaled,
        cast(matched_base_value * 10000 as hugeint) as matched_base_scaled,
        cast((value - base_value) * 10000 as hugeint) as change_scaled,
        cast((matched_value - matched_base_value) * 10000 as hugeint) as matched_change_scaled,
        cast(value * 10000 as hugeint) as value_scaled
    from compared
    where compares
),
-- in hundred-millionths of a percent, half up, by whole numbers: a DOUBLE would lose the last digits
shares as (
    select
        series_no, area, boundaries, group_by, group_value, comparison, now_no,
        case when base_scaled <> 0 then
            sign(change_scaled) * sign(base_scaled)
            * ((20000000000 * abs(change_scaled) + abs(base_scaled)) // (2 * abs(base_scaled)))
        end as change_share,
        case when matched_base_scaled <> 0 then
            sign(matched_change_scaled) * sign(matched_base_scaled)
            * ((20000000000 * abs(matched_change_scaled) + abs(matched_base_scaled)) // (2 * abs(matched_base_scaled)))
        end as matched_change_share,
        case when base_scaled <> 0 then
            sign(value_scaled) * sign(base_scaled)
            * ((20000000000 * abs(value_scaled) + abs(base_scaled)) // (2 * abs(base_scaled)))
        end as index_share
    from scaled
),
growth as (
    select
        compared.indicator, compared.item, compared.area, compared.boundaries, compared.group_by,
        compared.group_value, compared.period, compared.period_type, compared.comparison, compared.base_period,
        compared.value, compared.base_value,
        case when compares then compared.value - compared.base_value end as change,
        try_cast(change_share * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)) as change_pct,
        cast(null as decimal(18, 8)) as change_pp,
        try_cast(index_share * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)) as index_pct,
        compared.status,
        cast(compared.expected_reports as bigint) as expected_reports,
        cast(compared.reports as bigint) as reports,
        cast(compared.base_expected_reports as bigint) as base_expected_reports,
        cast(compared.base_reports as bigint) as base_reports,
        cast(compared.matched_reports as bigint) as matched_reports,
        compared.matched_value, compared.matched_base_value,
        try_cast(matched_change_share * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8)) as matched_change_pct,
        cast(null as decimal(18, 8)) as matched_change_pp,
        case when compares then coalesce(compared.matched_value - compared.matched_base_value, 0) end as change_matched,
        case when compares then compared.entered end as change_entered,
        case when compares then compared.gone end as change_left,
        case when compares then compared.missing end as change_missing,
        case when compares then compared.missing_base end as change_missing_base,
        case when compares then compared.reclassified end as change_reclassified
    from compared
    left join shares
        on compared.series_no = shares.series_no and compared.area = shares.area
        and compared.boundaries = shares.boundaries and compared.group_by = shares.group_by
        and compared.group_value = shares.group_value and compared.comparison = shares.comparison
        and compared.now_no = shares.now_no
)
select * from growth
