-- one row per ratio's numerator series × cell × comparison × period: its values, each the sum of one leg over that of the other, or over the people
with
sums as (select * from int_period_sums),
places as (select distinct cell_no, area, boundaries from profile_keys where group_by = 'all'),
years as (select * from periods where period_type = 'year'),
legs as (
    select
        above.series_no, above.indicator, below.series_no as denominator_no,
        indicators.factor
    from int_series as above
    join int_series as below
        on above.indicator = below.indicator and above.item = below.item and below.leg = 'denominator'
    join indicators on above.indicator = indicators.indicator
    where above.leg = 'numerator'
),
of_legs as (
    select
        above.series_no, above.cell_no, above.comparison, above.now_no, legs.factor,
        above.value, above.base_value, above.matched_value, above.matched_base_value,
        below.value as value_of,
        below.base_value as base_value_of,
        below.matched_value as matched_value_of,
        below.matched_base_value as matched_base_value_of
    from sums as above
    join legs on above.series_no = legs.series_no
    join sums as below
        on legs.denominator_no = below.series_no and above.cell_no = below.cell_no
        and above.comparison = below.comparison and above.now_no = below.now_no
),
-- the people of a place have no owner and nothing like for like: whole years of all facilities alone
of_people as (
    select
        above.series_no, above.cell_no, above.comparison, above.now_no, indicators.factor,
        above.value, above.base_value, cast(null as decimal(38, 4)) as matched_value,
        cast(null as decimal(38, 4)) as matched_base_value,
        cast(people.population as decimal(38, 4)) as value_of,
        cast(base_people.population as decimal(38, 4)) as base_value_of,
        cast(null as decimal(38, 4)) as matched_value_of,
        cast(null as decimal(38, 4)) as matched_base_value_of
    from sums as above
    join int_series as series on above.series_no = series.series_no
    join indicators on series.indicator = indicators.indicator and indicators.over_population
    join places on above.cell_no = places.cell_no
    join years on above.now_no = years.period_no
    join years as base_years
        on base_years.period = case when above.comparison = 'base' then years.base_period else years.prior_period end
    left join int_populations as people
        on places.area = people.area and places.boundaries = people.boundaries and years.year = people.year
    left join int_populations as base_people
        on places.area = base_people.area and places.boundaries = base_people.boundaries
        and base_years.year = base_people.year
    where people.population is not null or base_people.population is not null
),
paired as (
    select * from of_legs
    union all
    select * from of_people
),
fractions as (
    select series_no, cell_no, comparison, now_no, 'now' as side, value * factor as above, value_of as below
    from paired
    union all
    select series_no, cell_no, comparison, now_no, 'base', base_value * factor, base_value_of from paired
    union all
    select series_no, cell_no, comparison, now_no, 'matched', matched_value * factor, matched_value_of from paired
    union all
    select series_no, cell_no, comparison, now_no, 'matched_base', matched_base_value * factor, matched_base_value_of
    from paired
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
divided as (
    select
        series_no, cell_no, comparison, now_no, side,
        try_cast(
            sign(above) * sign(below) * (
                share + case
                    when remainder >= abs(below) * digit then digit
                    when remainder < -abs(below) * digit then -digit
                    else 0
                end
            ) as decimal(18, 8)
        ) as ratio
    from remainders
),
ratios as (
    select
        paired.series_no, paired.cell_no, paired.comparison, paired.now_no,
        max(case when divided.side = 'now' then divided.ratio end) as value,
        max(case when divided.side = 'base' then divided.ratio end) as base_value,
        max(case when divided.side = 'matched' then divided.ratio end) as matched_value,
        max(case when divided.side = 'matched_base' then divided.ratio end) as matched_base_value,
        -- a base that was reported and cannot divide
        max(case when paired.base_value_of = 0 then 1 else 0 end) = 1 as over_zero
    from paired
    left join divided
        on paired.series_no = divided.series_no and paired.cell_no = divided.cell_no
        and paired.comparison = divided.comparison and paired.now_no = divided.now_no
    group by paired.series_no, paired.cell_no, paired.comparison, paired.now_no
)
select * from ratios
