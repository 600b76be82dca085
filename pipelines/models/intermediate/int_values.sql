-- one row per facility × period × series with a value: the sum of its elements; complete when all are accepted
with
cells as (select * from int_current_cells where value is not null and facility_no is not null),
summed as (
    select
        int_series.series_no, int_series.leg, int_series.item, int_series.block, int_series.bit, int_series.elements,
        indicator_elements.element, indicator_elements.by_days,
        -- a leg waits for the elements of the other, and adds only its own
        indicator_elements.leg = int_series.leg as adds
    from int_series
    join indicator_elements on int_series.indicator = indicator_elements.indicator
),
single as (
    select
        cells.facility_no, cells.unit_no, cells.period_no, cells.profile, cells.expected, cells.stands_for,
        summed.series_no, summed.block, summed.bit, cells.value, true as complete
    from cells
    join summed on cells.element = summed.element and cells.item = summed.item
    where summed.elements = 1 and summed.leg = ''
),
several as (
    select
        cells.facility_no, cells.unit_no, cells.period_no, cells.profile, cells.expected, cells.stands_for,
        summed.series_no, summed.block, summed.bit,
        cast(sum(cells.value) as decimal(18, 4)) as value,
        count(distinct summed.element) = max(summed.elements) as complete
    from cells
    join summed on cells.element = summed.element and cells.item = summed.item
    where summed.elements > 1 and summed.leg = ''
    group by
        cells.facility_no, cells.unit_no, cells.period_no, cells.profile, cells.expected, cells.stands_for,
        summed.series_no, summed.block, summed.bit
),
-- a ratio takes the facility's month with every part, or not at all
legs as (
    select
        cells.facility_no, cells.unit_no, cells.period_no, cells.profile, cells.expected, cells.stands_for,
        summed.series_no, summed.block, summed.bit,
        cast(
            sum(case when not summed.adds then 0 when summed.by_days then cells.value * periods.days else cells.value end)
            as decimal(18, 4)
        ) as value,
        true as complete
    from cells
    join summed on cells.element = summed.element and cells.item = summed.item
    join periods on cells.period_no = periods.period_no
    where summed.leg <> ''
    group by
        cells.facility_no, cells.unit_no, cells.period_no, cells.profile, cells.expected, cells.stands_for,
        summed.series_no, summed.block, summed.bit
    having count(distinct summed.element) = max(summed.elements)
),
together as (
    select * from single
    union all
    select * from several
    union all
    select * from legs
)
select * from together
