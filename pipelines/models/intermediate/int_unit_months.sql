-- one row per unit × block × month: the series complete in every expected member, and the members' profiles
with
months as (select * from int_facility_periods where period_no < 100000),
members as (
    select
        months.unit_no, months.period_no, months.profile, months.expected, int_blocks.block,
        coalesce(complete.bits, 0) as bits
    from months
    join int_blocks on months.form = int_blocks.form
    left join int_report_bits as complete
        on months.report_no = complete.report_no and int_blocks.block = complete.block
),
unit_months as (
    select
        unit_no, block, period_no,
        bool_or(expected) as expected,
        coalesce(bit_and(case when expected then bits end), 0) as complete_bits,
        min(profile) as first_profile,
        max(profile) as last_profile
    from members
    group by unit_no, block, period_no
),
-- a unit that stands in several places at once, as facilities that will merge may
spread as (
    select members.unit_no, members.block, members.period_no, members.profile
    from members
    join unit_months
        on members.unit_no = unit_months.unit_no and members.block = unit_months.block
        and members.period_no = unit_months.period_no
    where unit_months.first_profile <> unit_months.last_profile
    group by members.unit_no, members.block, members.period_no, members.profile
),
spread_sets as (
    select unit_no, block, period_no, string_agg(cast(profile as varchar), ',' order by profile) as profiles
    from spread
    group by unit_no, block, period_no
),
described as (
    select
        unit_months.unit_no, unit_months.block, unit_months.period_no, unit_months.expected,
        unit_months.complete_bits,
        coalesce(spread_sets.profiles, cast(unit_months.first_profile as varchar)) as profiles
    from unit_months
    left join spread_sets
        on unit_months.unit_no = spread_sets.unit_no and unit_months.block = spread_sets.block
        and unit_months.period_no = spread_sets.period_no
)
select * from described
