-- one row per series × profile × month × comparison × side × class × move: values, reports and expected reports
with
summed as (
    select
        series_no, profile, fate_no, class,
        sum(value) as value,
        count(*) as value_count,
        cast(sum(reports) as bigint) as reports
    from int_value_classes
    group by series_no, profile, fate_no, class
),
sums as (
    select
        summed.series_no, summed.profile, fates.comparison, fates.now_no, fates.side, fates.moved,
        summed.class, summed.value, summed.value_count, summed.reports
    from summed
    join int_fates as fates on summed.fate_no = fates.fate_no
),
duties as (
    select form, profile, period_no, cast(sum(stands_for) as bigint) as expected_reports
    from int_facility_periods
    where expected
    group by form, profile, period_no
),
now_duties as (
    select int_series.series_no, duties.profile, months.comparison, months.now_no, 'now' as side, duties.expected_reports
    from duties
    join int_comparisons as months on duties.form = months.form and duties.period_no = months.now_no
    join int_series on duties.form = int_series.form
),
base_duties as (
    select int_series.series_no, duties.profile, months.comparison, months.now_no, 'base' as side, duties.expected_reports
    from duties
    join int_comparisons as months on duties.form = months.form and duties.period_no = months.base_no
    join int_series on duties.form = int_series.form
),
together as (
    select
        series_no, profile, comparison, now_no, side, class, moved,
        value, value_count, reports, 0 as expected_reports
    from sums
    union all
    select series_no, profile, comparison, now_no, side, '', '', 0, 0, 0, expected_reports from now_duties
    union all
    select series_no, profile, comparison, now_no, side, '', '', 0, 0, 0, expected_reports from base_duties
)
select * from together
