-- one row per report × series of several elements with a value: their sum; complete when all are accepted
with
cells as (select * from int_current_values),
parts as (select * from int_parts where not is_alone),
read as (
    select
        cells.report_no, parts.series_no, parts.is_leg, parts.elements, parts.part,
        case when not parts.adds then 0 when parts.by_days then cells.value * periods.days else cells.value end as value
    from cells
    join parts on cells.item_no = parts.item_no
    -- a report's number ends in its period's
    join periods on cells.report_no % 10000000 = periods.period_no
),
summed as (
    select
        report_no, series_no, is_leg,
        cast(sum(value) as decimal(18, 4)) as value,
        bit_or(cast(1 as bigint) << part) = (cast(1 as bigint) << max(elements)) - 1 as complete
    from read
    group by report_no, series_no, is_leg
),
-- a ratio takes the facility's month with every part, or not at all
kept as (
    select report_no, series_no, value, complete
    from summed
    where complete or not is_leg
)
select * from kept
