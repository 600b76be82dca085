-- one row per series × element and item that it takes from a report, numbered from 0 within the series
with
taken as (
    select
        series.series_no, series.elements, series.leg, items.item_no, items.element,
        -- a leg waits for the elements of the other, and adds only its own
        bool_or(elements.leg = series.leg) as adds,
        bool_or(elements.leg = series.leg and elements.by_days) as by_days
    from int_series as series
    join indicator_elements as elements on series.indicator = elements.indicator
    join int_items as items on elements.element = items.element and series.item = items.item
    group by series.series_no, series.elements, series.leg, items.item_no, items.element
),
parts as (
    select
        series_no, item_no, elements, adds, by_days,
        leg <> '' as is_leg,
        elements = 1 and leg = '' as is_alone,
        cast(row_number() over (partition by series_no order by element) - 1 as int) as part
    from taken
)
select * from parts
