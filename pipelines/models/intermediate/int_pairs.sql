-- one row per unit × block × month × comparison: the unit's two sides, and the class of the change between them
with
unit_months as (
    select int_unit_months.*, int_blocks.form
    from int_unit_months
    join int_blocks on int_unit_months.block = int_blocks.block
),
months as (select * from int_comparisons where period_type = 'month'),
now_side as (
    select unit_months.*, months.comparison, months.now_no
    from unit_months
    join months on unit_months.form = months.form and unit_months.period_no = months.now_no
),
base_side as (
    select unit_months.*, months.comparison, months.now_no
    from unit_months
    join months on unit_months.form = months.form and unit_months.period_no = months.base_no
),
paired as (
    select
        coalesce(now_side.unit_no, base_side.unit_no) as unit_no,
        coalesce(now_side.block, base_side.block) as block,
        coalesce(now_side.comparison, base_side.comparison) as comparison,
        coalesce(now_side.now_no, base_side.now_no) as now_no,
        now_side.period_no as now_month, base_side.period_no as base_month,
        coalesce(now_side.expected, false) as now_expected,
        coalesce(base_side.expected, false) as base_expected,
        coalesce(now_side.complete_bits, 0) as now_bits,
        coalesce(base_side.complete_bits, 0) as base_bits,
        now_side.profiles as now_profiles,
        base_side.profiles as base_profiles
    from now_side
    full join base_side
        on now_side.unit_no = base_side.unit_no and now_side.block = base_side.block
        and now_side.now_no = base_side.now_no and now_side.comparison = base_side.comparison
),
-- `standing` holds for every series alike; where it is '' the bits decide series by series
classed as (
    select
        unit_no, block, comparison, now_no, now_month, base_month, base_bits,
        case when not base_expected then 'entered' when not now_expected then 'left' else '' end as standing,
        now_bits & base_bits as matched_bits,
        case
            when now_expected and base_expected and now_profiles <> base_profiles
            then base_profiles || '>' || now_profiles
            else ''
        end as moved
    from paired
)
select * from classed
