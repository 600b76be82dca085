-- one row per series × facility × month estimated: the value, half up to four decimals, less what is already held of it
with
held as (select * from int_estimate_values),
complete as (select * from int_estimate_complete),
months as (select distinct month_no, end_date, days, year_no from int_estimate_months),
unit_months as (
    select
        series_no, unit_no, month_no, prior_no, method,
        arg_min(profile, facility_no) as heir_profile
    from int_estimate_missing
    where method <> 'none'
    group by series_no, unit_no, month_no, prior_no, method
),
-- what a member has sent of a month, or of the whole year, is not estimated
given as (
    select series_no, unit_no, facility_no, period_no as month_no from held where complete and this_year
    union
    select wholes.series_no, wholes.unit_no, wholes.facility_no, months.month_no
    from int_whole_reports as wholes
    join months on wholes.period_no = months.year_no
),
begun as (select distinct series_no, unit_no, month_no from given),
-- size × above / below, by method
last_year as (
    select
        unit_months.series_no, unit_months.unit_no, unit_months.month_no, unit_months.heir_profile, held.facility_no,
        held.value as size,
        case when unit_months.method = 'own_growth' then levels.value else levels.all_value end as above,
        case
            when unit_months.method = 'all_growth' then levels.all_base_value
            when levels.base_value = 0 then 1
            else levels.base_value
        end as below
    from unit_months
    join int_estimate_levels as levels
        on unit_months.series_no = levels.series_no and unit_months.unit_no = levels.unit_no
    join held
        on unit_months.series_no = held.series_no and unit_months.unit_no = held.unit_no
        and unit_months.prior_no = held.period_no
    where unit_months.method in ('own_growth', 'all_growth')
),
sums as (
    select held.series_no, held.unit_no, held.facility_no, cast(sum(held.value) as decimal(18, 4)) as value
    from held
    semi join complete
        on held.series_no = complete.series_no and held.unit_no = complete.unit_no and held.period_no = complete.period_no
    where held.this_year
    group by held.series_no, held.unit_no, held.facility_no
),
this_year as (
    select
        unit_months.series_no, unit_months.unit_no, unit_months.month_no, unit_months.heir_profile, sums.facility_no,
        sums.value as size, cast(1 as decimal(18, 4)) as above, cast(levels.own_months as decimal(18, 4)) as below
    from unit_months
    join int_estimate_levels as levels
        on unit_months.series_no = levels.series_no and unit_months.unit_no = levels.unit_no
    join sums on unit_months.series_no = sums.series_no and unit_months.unit_no = sums.unit_no
    where unit_months.method = 'own_mean'
),
carried as (
    select
        unit_months.series_no, unit_months.unit_no, unit_months.month_no, unit_months.heir_profile, held.facility_no,
        held.value as size,
        cast(case when series.at_end then 1 else months.days end as decimal(18, 4)) as above,
        cast(case when series.at_end then 1 else last_known.days end as decimal(18, 4)) as below
    from unit_months
    join int_series as series on unit_months.series_no = series.series_no
    join int_estimate_levels as levels
        on unit_months.series_no = levels.series_no and unit_months.unit_no = levels.unit_no
    join held
        on unit_months.series_no = held.series_no and unit_months.unit_no = held.unit_no
        and levels.last_no = held.period_no
    join months on unit_months.month_no = months.month_no
    join periods as last_known on levels.last_no = last_known.period_no
    where unit_months.method = 'carried'
),
together as (
    select * from last_year
    union all
    select * from this_year
    union all
    select * from carried
),
-- a member that owes nothing now, closed since, counts only where its heirs have sent nothing of the month
wanted as (
    select together.*
    from together
    anti join given
        on together.series_no = given.series_no and together.facility_no = given.facility_no
        and together.month_no = given.month_no
    left join begun
        on together.series_no = begun.series_no and together.unit_no = begun.unit_no
        and together.month_no = begun.month_no
    left join int_estimate_missing as missing
        on together.series_no = missing.series_no and together.facility_no = missing.facility_no
        and together.month_no = missing.month_no
    where begun.series_no is null or missing.series_no is not null
),
-- DECIMAL divides as DOUBLE, which may miss the last digit by one ...
factors as (
    select
        series_no, unit_no, facility_no, month_no, heir_profile, sign(size) * sign(above) as sign,
        cast(abs(size) as decimal(38, 4)) as size,
        cast(abs(above) as decimal(38, 4)) as above,
        cast(below as decimal(38, 4)) as below
    from wanted
),
rough as (
    select
        *,
        cast(cast(size as double) * cast(above as double) / cast(below as double) as decimal(38, 4)) as share
    from factors
),
remainders as (
    select
        *,
        cast(0.0001 as decimal(4, 4)) as digit,
        2 * (size * above - share * below) as remainder
    from rough
),
-- ... so the remainder, which is exact, puts it right: half up, away from zero
divided as (
    select
        series_no, unit_no, facility_no, month_no, heir_profile,
        cast(
            sign * (
                share + case
                    when remainder >= below * digit then digit
                    when remainder < -below * digit then -digit
                    else 0
                end
            ) as decimal(18, 4)
        ) as value
    from remainders
),
-- where a facility is closed by now, its heir stands for it
placed as (
    select
        divided.series_no, divided.facility_no, divided.month_no,
        coalesce(spells.profile, divided.heir_profile) as profile,
        divided.value, coalesce(part.value, 0) as part_value
    from divided
    join months on divided.month_no = months.month_no
    join int_facilities on divided.facility_no = int_facilities.facility_no
    left join facilities as spells
        on int_facilities.facility = spells.facility
        and coalesce(spells.valid_from, date '0001-01-01') <= months.end_date
        and months.end_date <= coalesce(spells.valid_to, date '9999-12-31')
    left join held as part
        on divided.series_no = part.series_no and divided.facility_no = part.facility_no
        and divided.month_no = part.period_no
),
pieces as (
    select
        series_no, facility_no, month_no, profile,
        -- an estimate never takes away what was received
        cast(greatest(value - part_value, 0) as decimal(18, 4)) as value
    from placed
)
select * from pieces
