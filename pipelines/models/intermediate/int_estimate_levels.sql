-- one row per series × unit: its months reported in both years, those of this year, its last, and the growth of all units together
with
complete as (select * from int_estimate_complete),
pairs as (
    select now_side.series_no, now_side.unit_no, now_side.value, base_side.value as base_value
    from complete as now_side
    join complete as base_side
        on now_side.series_no = base_side.series_no and now_side.unit_no = base_side.unit_no
        and now_side.period_no = base_side.period_no + 12
    where now_side.this_year
),
grown as (
    select
        series_no, unit_no,
        cast(sum(value) as decimal(18, 4)) as value,
        cast(sum(base_value) as decimal(18, 4)) as base_value
    from pairs
    group by series_no, unit_no
),
together as (
    select
        series_no,
        -- of money the sum of all is beyond eighteen digits
        sum(cast(value as decimal(38, 4))) as all_value,
        sum(cast(base_value as decimal(38, 4))) as all_base_value
    from grown
    group by series_no
),
spans as (
    select
        series_no, unit_no,
        cast(sum(case when this_year then 1 else 0 end) as int) as own_months,
        max(period_no) as last_no
    from complete
    group by series_no, unit_no
),
levels as (
    select
        spans.series_no, spans.unit_no, spans.own_months, spans.last_no,
        grown.value, grown.base_value, together.all_value, together.all_base_value
    from spans
    left join grown on spans.series_no = grown.series_no and spans.unit_no = grown.unit_no
    left join together on spans.series_no = together.series_no
)
select * from levels
