-- one row per unit × series × long period × comparison × side × what counts there: a facility's month, or its whole report
with
pairs as (select * from int_whole_pairs),
wholes as (select * from int_whole_reports),
months as (select * from int_facility_periods where period_no < 100000),
monthly as (
    select
        pairs.series_no, pairs.unit_no, pairs.comparison, pairs.now_no, pairs.side, months.profile,
        int_values.value,
        case when int_values.complete and months.expected then months.stands_for else 0 end as reports,
        case when months.expected then months.stands_for else 0 end as expected_reports
    from pairs
    join int_period_months as period_months
        on pairs.side_no = period_months.period_no and pairs.at_end = period_months.at_end
    join months
        on pairs.form = months.form and pairs.unit_no = months.unit_no and period_months.month_no = months.period_no
    anti join wholes
        on months.facility_no = wholes.facility_no and pairs.side_no = wholes.period_no
        and pairs.series_no = wholes.series_no
    left join int_values
        on months.report_no = int_values.report_no and pairs.series_no = int_values.series_no
),
whole as (
    select
        pairs.series_no, pairs.unit_no, pairs.comparison, pairs.now_no, pairs.side, wholes.profile, wholes.value,
        case when wholes.complete then wholes.expected_reports else 0 end as reports,
        wholes.expected_reports
    from pairs
    join wholes
        on pairs.unit_no = wholes.unit_no and pairs.side_no = wholes.period_no and pairs.series_no = wholes.series_no
),
together as (
    select * from monthly
    union all
    select * from whole
)
select * from together
