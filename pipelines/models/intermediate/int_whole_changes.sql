-- one row per correction to a long period where whole reports count: their pieces in, the months' contributions out
with
pairs as (select * from int_whole_pairs),
added as (
    select
        pieces.series_no, pieces.profile, pieces.comparison, pieces.now_no, pieces.side, classes.class, classes.moved,
        coalesce(pieces.value, 0) as value,
        case when pieces.value is null then 0 else 1 end as value_count,
        pieces.reports, pieces.expected_reports
    from int_whole_pieces as pieces
    join int_whole_classes as classes
        on pieces.series_no = classes.series_no and pieces.unit_no = classes.unit_no
        and pieces.comparison = classes.comparison and pieces.now_no = classes.now_no
),
removed as (
    select
        months.series_no, months.profile, months.comparison, pairs.now_no, months.side, months.class, months.moved,
        -months.value as value, -1 as value_count, -months.reports as reports, 0 as expected_reports
    from int_value_classes as months
    join int_period_months as period_months on months.now_no = period_months.month_no
    join pairs
        on months.series_no = pairs.series_no and months.unit_no = pairs.unit_no
        and months.comparison = pairs.comparison and months.side = pairs.side
        and period_months.period_no = pairs.now_no and period_months.at_end = pairs.at_end
),
removed_duties as (
    select
        pairs.series_no, months.profile, pairs.comparison, pairs.now_no, pairs.side, '' as class, '' as moved,
        0 as value, 0 as value_count, 0 as reports, -months.stands_for as expected_reports
    from pairs
    join int_period_months as period_months
        on pairs.side_no = period_months.period_no and pairs.at_end = period_months.at_end
    join int_facility_periods as months
        on pairs.form = months.form and pairs.unit_no = months.unit_no and period_months.month_no = months.period_no
    where months.expected
),
together as (
    select * from added
    union all
    select * from removed
    union all
    select * from removed_duties
)
select * from together
