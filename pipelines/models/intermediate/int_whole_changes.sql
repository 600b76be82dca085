-- one row per correction to a long period where whole reports count: their pieces in, the months' contributions out
with
months as (select * from int_whole_months),
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
        months.series_no, months.profile, months.comparison, months.now_no, months.side, classes.class, fates.moved,
        -classes.value as value, -1 as value_count, -classes.reports as reports, 0 as expected_reports
    from months
    join int_fates as fates on months.comparison = fates.comparison and months.side = fates.side
    join period_months on months.now_no = period_months.period_no and fates.now_no = period_months.month_no
    join int_value_classes as classes
        on months.report_no = classes.report_no and months.series_no = classes.series_no
        and fates.fate_no = classes.fate_no
),
removed_duties as (
    select
        series_no, profile, comparison, now_no, side, '' as class, '' as moved,
        0 as value, 0 as value_count, 0 as reports, -stands_for as expected_reports
    from months
    where expected
),
together as (
    select * from added
    union all
    select * from removed
    union all
    select * from removed_duties
)
select * from together
