-- one row per indicator × item × area × boundaries × group × period × comparison with a report expected or a value on either side
with
tables as (select distinct cell_no, area, boundaries, group_by, group_value from profile_keys),
newest as (select max(received_at) as received_at from stg_submissions),
sums as (select * from int_period_sums),
-- a ratio has no parts, and its denominator is in its values
figures as (
    select
        sums.series_no, sums.cell_no, sums.comparison, sums.now_no,
        sums.reports, sums.base_reports, sums.expected_reports, sums.base_expected_reports, sums.matched_reports,
        sums.value_source, sums.base_source,
        series.leg <> '' as is_ratio,
        -- what area rows tell has no facilities to take apart
        series.leg = '' and sums.value_source = 'facilities' and sums.base_source = 'facilities' as has_parts,
        -- without the casts a ratio would lose digits to the scale of a sum
        case when series.leg = '' then cast(sums.value as decimal(38, 8)) else ratios.value end as value,
        case when series.leg = '' then cast(sums.base_value as decimal(38, 8)) else ratios.base_value end as base_value,
        case when series.leg = '' then cast(sums.matched_value as decimal(38, 8)) else ratios.matched_value end
            as matched_value,
        case when series.leg = '' then cast(sums.matched_base_value as decimal(38, 8)) else ratios.matched_base_value end
            as matched_base_value,
        case when series.leg = '' then sums.base_value = 0 else ratios.over_zero end as over_zero,
        case
            when series.leg = '' then cast(sums.matched as decimal(38, 8))
            else ratios.matched_value - ratios.matched_base_value
        end as matched,
        sums.entered, sums.gone, sums.missing, sums.missing_base, sums.reclassified
    from sums
    join int_series as series on sums.series_no = series.series_no and series.leg <> 'denominator'
    left join int_ratios as ratios
        on sums.series_no = ratios.series_no and sums.cell_no = ratios.cell_no
        and sums.comparison = ratios.comparison and sums.now_no = ratios.now_no
    -- a rate of people is one of whole years, where they are known
    where series.leg = '' or ratios.series_no is not null
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
        pairs.period, pairs.period_type, pairs.base_period, indicators.in_points, figures.*,
        case
            when pairs.end_date > newest.received_at then 'unfinished'
            when broken.indicator is not null then 'not_comparable'
            when figures.over_zero then 'zero_base'
            when figures.base_value is null then 'no_base'
            when figures.value is null
                or figures.value_source = 'facilities' and figures.reports < figures.expected_reports
                or figures.base_source = 'facilities' and figures.base_reports < figures.base_expected_reports
                then 'partial'
            else 'ok'
        end as status
    from figures
    join tables on figures.cell_no = tables.cell_no
    join int_series as series on figures.series_no = series.series_no
    join indicators on series.indicator = indicators.indicator
    join int_comparisons as pairs
        on series.form = pairs.form and figures.comparison = pairs.comparison and figures.now_no = pairs.now_no
    cross join newest
    left join broken
        on series.indicator = broken.indicator and figures.comparison = broken.comparison
        and figures.now_no = broken.now_no
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
        -- a rate in percent of a rate would be read as points
        case when compares and not is_ratio and base_value <> 0 then abs(base_value) end as base_size,
        case when compares and not is_ratio and matched_base_value <> 0 then abs(matched_base_value) end
            as matched_base_size
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
        case when in_points then try_cast(change as decimal(18, 8)) end as change_pp,
        try_cast(index_share as decimal(18, 8)) as index_pct,
        status,
        expected_reports,
        reports,
        base_expected_reports,
        base_reports,
        matched_reports,
        matched_value, matched_base_value,
        try_cast(matched_change_share as decimal(18, 8)) as matched_change_pct,
        case when compares and in_points then try_cast(matched as decimal(18, 8)) end as matched_change_pp,
        case when compares and has_parts then matched end as change_matched,
        case when compares and has_parts then entered end as change_entered,
        case when compares and has_parts then gone end as change_left,
        case when compares and has_parts then missing end as change_missing,
        case when compares and has_parts then missing_base end as change_missing_base,
        case when compares and has_parts then reclassified end as change_reclassified,
        value_source, base_source
    from shares
)
select * from growth
