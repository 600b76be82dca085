-- one row per unit × series × long period × comparison × side, where a whole report counts on either side
with
wholes as (select distinct form, at_end, unit_no, series_no, period_no from int_whole_reports),
met as (
    select wholes.form, wholes.at_end, wholes.unit_no, wholes.series_no, pairs.comparison, pairs.now_no,
        pairs.base_no
    from wholes
    join int_comparisons as pairs on wholes.form = pairs.form and wholes.period_no = pairs.now_no
    union
    select wholes.form, wholes.at_end, wholes.unit_no, wholes.series_no, pairs.comparison, pairs.now_no,
        pairs.base_no
    from wholes
    join int_comparisons as pairs on wholes.form = pairs.form and wholes.period_no = pairs.base_no
),
sides as (
    select form, at_end, unit_no, series_no, comparison, now_no, 'now' as side, now_no as side_no from met
    union all
    select form, at_end, unit_no, series_no, comparison, now_no, 'base' as side, base_no as side_no from met
)
select * from sides
