-- one row per report of a month × block × comparison × side on which it counts
with
months as (select * from int_facility_periods where period_no < 100000),
fated as (
    select
        pairs.unit_no, pairs.block, pairs.matched_bits, pairs.base_bits, fates.fate_no,
        case when fates.side = 'now' then pairs.now_month else pairs.base_month end as period_no
    from int_pairs as pairs
    join int_fates as fates
        on pairs.comparison = fates.comparison and pairs.now_no = fates.now_no and pairs.standing = fates.standing
        and pairs.moved = fates.moved
),
report_fates as (
    select
        months.report_no, months.unit_no, months.profile, fated.block, fated.fate_no, fated.matched_bits, fated.base_bits,
        case when months.expected then months.stands_for else 0 end as stands_for
    from months
    join int_blocks on months.form = int_blocks.form
    join fated
        on months.unit_no = fated.unit_no and int_blocks.block = fated.block and months.period_no = fated.period_no
)
select * from report_fates
