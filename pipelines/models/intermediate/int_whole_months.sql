-- one row per unit × series × long period × comparison × side × month's report that gives way to the period's own class
with
pairs as (select * from int_whole_pairs),
months as (
    select
        pairs.series_no, pairs.comparison, pairs.now_no, pairs.side, reports.report_no, series.block,
        period_months.month_no, reports.expected, reports.profile, reports.stands_for
    from pairs
    join int_series as series on pairs.series_no = series.series_no
    join int_period_months as period_months
        on pairs.side_no = period_months.period_no and pairs.at_end = period_months.at_end
    join int_facility_periods as reports
        on pairs.form = reports.form and pairs.unit_no = reports.unit_no and period_months.month_no = reports.period_no
)
select * from months
