-- one row per indicator × item × area × boundaries × group × comparison of the year that is not over: done so far, the estimated year, and what it is compared with
with
tables as (select distinct cell_no, area, boundaries, group_by, group_value from profile_keys),
months as (select * from int_estimate_months),
years as (
    select
        form, year_period, year_no,
        arg_max(case when done then period end, case when done then month_no end) as last_month,
        cast(sum(case when done then 1 else 0 end) as int) as months
    from months
    group by form, year_period, year_no
),
pairs as (
    select years.*, compared.comparison, compared.base_period, compared.base_start_date, compared.end_date
    from years
    join int_comparisons as compared on years.form = compared.form and years.year_no = compared.now_no
),
sums as (select * from int_estimate_sums where value_count > 0),
legs as (
    select above.series_no, below.series_no as denominator_no, indicators.factor
    from int_series as above
    join int_series as below
        on above.indicator = below.indicator and above.item = below.item and below.leg = 'denominator'
    join indicators on above.indicator = indicators.indicator
    where above.leg = 'numerator'
),
fractions as (
    select above.series_no, above.cell_no, above.value_sum * legs.factor as above, below.value_sum as below
    from sums as above
    join legs on above.series_no = legs.series_no
    join sums as below on legs.denominator_no = below.series_no and above.cell_no = below.cell_no
    union all
    select above.series_no, above.cell_no, above.value_sum * indicators.factor, cast(people.population as decimal(38, 4))
    from int_estimate_sums as above
    join int_series as series on above.series_no = series.series_no
    join indicators on series.indicator = indicators.indicator and indicators.over_population
    join tables on above.cell_no = tables.cell_no and tables.group_by = 'all'
    join years on series.form = years.form
    join periods on years.year_no = periods.period_no
    join int_populations as people
        on tables.area = people.area and tables.boundaries = people.boundaries and periods.year = people.year
),
-- DECIMAL divides as DOUBLE, which may miss the last digit by one ...
rough as (
    select
        *,
        try_cast(cast(abs(above) as double) / cast(abs(below) as double) as decimal(18, 8)) as share
    from fractions
    where below <> 0
),
remainders as (
    select
        *,
        cast(0.00000001 as decimal(8, 8)) as digit,
        2 * (abs(above) - share * abs(below)) as remainder
    from rough
),
-- ... so the remainder, which is exact, puts it right: half up, away from zero
ratios as (
    select
        series_no, cell_no,
        try_cast(
            sign(above) * sign(below) * (
                share + case
                    when remainder >= abs(below) * digit then digit
                    when remainder < -abs(below) * digit then -digit
                    else 0
                end
            ) as decimal(18, 8)
        ) as value
    from remainders
),
estimated as (
    select
        series.indicator, series.item, tables.area, tables.boundaries, tables.group_by, tables.group_value,
        pairs.comparison,
        case
            when sums.value_count = 0 then null
            when series.leg = '' then cast(sums.value_sum as decimal(38, 8))
            else ratios.value
        end as value,
        case
            when sums.value_count > 0 and series.leg = '' and not series.at_end
            then cast(sums.estimated_value as decimal(38, 8))
        end as estimated_value,
        sums.own_growth_reports, sums.own_mean_reports, sums.all_growth_reports, sums.carried_reports,
        sums.not_estimated_reports
    from int_estimate_sums as sums
    join tables on sums.cell_no = tables.cell_no
    join int_series as series on sums.series_no = series.series_no and series.leg <> 'denominator'
    join pairs on series.form = pairs.form
    join indicators on series.indicator = indicators.indicator
    left join ratios on sums.series_no = ratios.series_no and sums.cell_no = ratios.cell_no
    -- a rate of people stands where they are known
    where not indicators.over_population or ratios.series_no is not null
),
-- of the year, what was received and the base; of a stock, what was received in the last month done
grown as (
    select growth.*, growth.period = pairs.year_period as whole_year, indicators.at_end
    from growth
    join indicators on growth.indicator = indicators.indicator
    join pairs on indicators.form = pairs.form and growth.comparison = pairs.comparison
    where growth.item = ''
        and (growth.period = pairs.year_period or indicators.at_end and growth.period = pairs.last_month)
),
done as (select * from grown where whole_year <> at_end),
bases as (select * from grown where whole_year),
keys as (
    select indicator, item, area, boundaries, group_by, group_value, comparison from estimated
    union
    select indicator, item, area, boundaries, group_by, group_value, comparison from grown
),
broken as (
    select distinct indicator_breaks.indicator, pairs.comparison
    from indicator_breaks
    join indicators on indicator_breaks.indicator = indicators.indicator
    join pairs
        on indicators.form = pairs.form
        and pairs.base_start_date < indicator_breaks.break_date and indicator_breaks.break_date <= pairs.end_date
),
joined as (
    select
        keys.indicator, keys.item, keys.area, keys.boundaries, keys.group_by, keys.group_value,
        pairs.year_period as period, pairs.months, keys.comparison, pairs.base_period,
        case when done.value_source = 'facilities' then done.value end as done_value,
        estimated.estimated_value, estimated.value,
        bases.base_value, bases.base_source,
        case when estimated.value is not null then 'facilities' end as value_source,
        coalesce(done.expected_reports, 0) as expected_reports,
        coalesce(done.reports, 0) as reports,
        coalesce(bases.base_expected_reports, 0) as base_expected_reports,
        coalesce(bases.base_reports, 0) as base_reports,
        done.matched_value, done.matched_base_value,
        coalesce(estimated.own_growth_reports, 0) as own_growth_reports,
        coalesce(estimated.own_mean_reports, 0) as own_mean_reports,
        coalesce(estimated.all_growth_reports, 0) as all_growth_reports,
        coalesce(estimated.carried_reports, 0) as carried_reports,
        coalesce(estimated.not_estimated_reports, 0) as not_estimated_reports,
        broken.indicator is not null as is_broken,
        indicators.kind = 'ratio' as is_ratio
    from keys
    join indicators on keys.indicator = indicators.indicator
    join pairs on indicators.form = pairs.form and keys.comparison = pairs.comparison
    left join estimated
        on keys.indicator = estimated.indicator and keys.item = estimated.item and keys.area = estimated.area
        and keys.boundaries = estimated.boundaries and keys.group_by = estimated.group_by
        and keys.group_value = estimated.group_value and keys.comparison = estimated.comparison
    left join done
        on keys.indicator = done.indicator and keys.item = done.item and keys.area = done.area
        and keys.boundaries = done.boundaries and keys.group_by = done.group_by
        and keys.group_value = done.group_value and keys.comparison = done.comparison
    left join bases
        on keys.indicator = bases.indicator and keys.item = bases.item and keys.area = bases.area
        and keys.boundaries = bases.boundaries and keys.group_by = bases.group_by
        and keys.group_value = bases.group_value and keys.comparison = bases.comparison
    left join broken on keys.indicator = broken.indicator and keys.comparison = broken.comparison
),
judged as (
    select
        *,
        case
            when is_broken then 'not_comparable'
            when base_value is null then 'no_base'
            when base_value = 0 and not is_ratio then 'zero_base'
            when value is null or not_estimated_reports > 0
                or base_source = 'facilities' and base_reports < base_expected_reports then 'partial'
            else 'ok'
        end as status
    from joined
),
estimate as (
    select
        indicator, item, area, boundaries, group_by, group_value, period, months, comparison, base_period,
        done_value, estimated_value, value, base_value,
        case when status in ('zero_base', 'partial', 'ok') then value - base_value end as change,
        status,
        expected_reports, reports, base_expected_reports, base_reports,
        matched_value, matched_base_value,
        own_growth_reports, own_mean_reports, all_growth_reports, carried_reports, not_estimated_reports,
        value_source, base_source
    from judged
)
select * from estimate
