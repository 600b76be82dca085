-- one row per series × unit × month that every member due reported in full: its value
with
held as (select * from int_estimate_values),
asked as (
    select due.form, due.unit_no, due.period_no, int_series.series_no, due.facility_no
    from int_estimate_due as due
    join int_series on due.form = int_series.form and int_series.item = ''
),
answered as (
    select asked.series_no, asked.unit_no, asked.period_no
    from asked
    left join held
        on asked.series_no = held.series_no and asked.facility_no = held.facility_no
        and asked.period_no = held.period_no and held.complete
    group by asked.series_no, asked.unit_no, asked.period_no
    having count(held.facility_no) = count(*)
),
-- with what members send that owe nothing
unit_months as (
    select held.series_no, held.unit_no, held.period_no, held.this_year, cast(sum(held.value) as decimal(18, 4)) as value
    from held
    semi join answered
        on held.series_no = answered.series_no and held.unit_no = answered.unit_no and held.period_no = answered.period_no
    group by held.series_no, held.unit_no, held.period_no, held.this_year
)
select * from unit_months
