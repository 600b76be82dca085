-- one row per indicator × item × area × boundaries × period of which area rows tell too, where the facilities' reports hold
with
history as (select * from int_history_values),
cells as (select distinct cell_no, area, boundaries from profile_keys where group_by = 'all'),
sums as (select * from int_period_sums where comparison = 'prior_year' and value_source = 'facilities'),
aside as (
    select
        series.indicator, series.item, history.area, history.boundaries, periods.period,
        sums.value, history.value as history_value, sums.value - history.value as difference,
        sums.reports, sums.expected_reports
    from history
    join int_series as series on history.series_no = series.series_no and series.leg = ''
    join cells on history.area = cells.area and history.boundaries = cells.boundaries
    join periods on history.period_no = periods.period_no
    join sums
        on history.series_no = sums.series_no and cells.cell_no = sums.cell_no
        and history.period_no = sums.now_no
)
select * from aside order by indicator, item, area, boundaries, period
