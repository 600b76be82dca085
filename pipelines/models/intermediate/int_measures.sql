-- one row per series × profile × comparison × month (or long period that whole reports correct) × move: both sides, side by side
with
changes as (
    select * from int_month_changes
    union all
    select * from int_whole_changes
),
signed as (
    select
        *,
        case when side = 'now' then value else -value end as net
    from changes
),
measures as (
    select
        series_no, profile, comparison, now_no, moved,
        sum(case when side = 'now' then value end) as value,
        sum(case when side = 'base' then value end) as base_value,
        cast(sum(case when side = 'now' then value_count else 0 end) as bigint) as value_count,
        cast(sum(case when side = 'base' then value_count else 0 end) as bigint) as base_value_count,
        cast(sum(case when side = 'now' then reports else 0 end) as bigint) as reports,
        cast(sum(case when side = 'base' then reports else 0 end) as bigint) as base_reports,
        cast(sum(case when side = 'now' then expected_reports else 0 end) as bigint) as expected_reports,
        cast(sum(case when side = 'base' then expected_reports else 0 end) as bigint) as base_expected_reports,
        cast(sum(case when side = 'now' and class = 'matched' then reports else 0 end) as bigint) as matched_reports,
        sum(case when side = 'now' and class = 'matched' then value else 0 end) as matched_value,
        sum(case when side = 'base' and class = 'matched' then value else 0 end) as matched_base_value,
        sum(case when class = 'entered' then net else 0 end) as entered,
        sum(case when class = 'left' then net else 0 end) as gone,
        sum(case when class = 'missing' then net else 0 end) as missing,
        sum(case when class = 'missing_base' then net else 0 end) as missing_base
    from signed
    group by series_no, profile, comparison, now_no, moved
)
select * from measures
