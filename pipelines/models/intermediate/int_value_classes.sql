-- one row per value × comparison × side on which it counts, with the class of its unit's change (view)
with
monthly as (select * from int_values where period_no < 100000),
now_side as (
    select monthly.*, pairs.comparison, pairs.now_no, pairs.standing, pairs.matched_bits, pairs.base_bits, pairs.moved,
        'now' as side
    from monthly
    join int_pairs as pairs
        on monthly.unit_no = pairs.unit_no and monthly.block = pairs.block and monthly.period_no = pairs.now_month
),
base_side as (
    select monthly.*, pairs.comparison, pairs.now_no, pairs.standing, pairs.matched_bits, pairs.base_bits, pairs.moved,
        'base' as side
    from monthly
    join int_pairs as pairs
        on monthly.unit_no = pairs.unit_no and monthly.block = pairs.block and monthly.period_no = pairs.base_month
),
sides as (
    select * from now_side
    union all
    select * from base_side
),
classed as (
    select
        series_no, unit_no, profile, comparison, now_no, side, moved, value,
        case when complete and expected then stands_for else 0 end as reports,
        case
            when standing <> '' then standing
            when (matched_bits >> bit) & 1 = 1 then 'matched'
            when (base_bits >> bit) & 1 = 0 then 'missing_base'
            else 'missing'
        end as class
    from sides
)
select * from classed
