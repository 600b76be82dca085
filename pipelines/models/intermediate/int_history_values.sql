-- one row per series × area × boundaries × period that area rows give whole: for months the area's own, for longer its months, else its own
with
cells as (select * from int_area_cells where value is not null),
parts as (select * from area_parts),
ways as (
    select boundaries, area, way, count(*) as part_count
    from parts
    group by boundaries, area, way
),
carried as (
    select
        parts.boundaries, parts.area, parts.way, cells.period_no, cells.element, cells.item,
        sum(cells.value) as value,
        count(*) as known_count
    from parts
    join cells on parts.part = cells.area and parts.source_boundaries = cells.boundaries
    group by parts.boundaries, parts.area, parts.way, cells.period_no, cells.element, cells.item
),
-- a part that is not known is not guessed
whole as (
    select carried.*
    from carried
    join ways on carried.boundaries = ways.boundaries and carried.area = ways.area and carried.way = ways.way
    where carried.known_count = ways.part_count
    qualify row_number() over (
        partition by carried.boundaries, carried.area, carried.period_no, carried.element, carried.item
        order by carried.way
    ) = 1
),
-- a sum, or a leg of a ratio, waits for every element, and adds only its own
own as (
    select
        series.series_no, whole.boundaries, whole.area, whole.period_no, series.at_end,
        sum(
            case
                when summed.leg <> series.leg then 0
                when summed.by_days then whole.value * periods.days
                else whole.value
            end
        ) as value
    from whole
    join indicator_elements as summed on whole.element = summed.element
    join int_series as series on summed.indicator = series.indicator and whole.item = series.item
    join periods on whole.period_no = periods.period_no
    group by series.series_no, whole.boundaries, whole.area, whole.period_no, series.at_end, series.elements
    having count(distinct whole.element) = series.elements
),
due as (
    select at_end, period_no, count(*) as month_count
    from int_period_months
    group by at_end, period_no
),
of_months as (
    select own.series_no, own.boundaries, own.area, months.period_no, sum(own.value) as value
    from own
    join int_period_months as months on own.period_no = months.month_no and own.at_end = months.at_end
    join due on months.period_no = due.period_no and months.at_end = due.at_end
    group by own.series_no, own.boundaries, own.area, months.period_no, due.month_count
    having count(*) = due.month_count
),
of_period as (
    select own.series_no, own.boundaries, own.area, own.period_no, own.value
    from own
    anti join of_months
        on own.series_no = of_months.series_no and own.boundaries = of_months.boundaries
        and own.area = of_months.area and own.period_no = of_months.period_no
),
together as (
    select * from of_months
    union all
    select * from of_period
)
select * from together
