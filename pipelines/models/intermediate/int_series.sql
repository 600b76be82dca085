-- one row per indicator × item, of a ratio per leg, with its bit: completeness of up to 60 series travels in one BIGINT, a block
with
sizes as (select indicator, count(distinct element) as elements from indicator_elements group by indicator),
legs as (select distinct indicator, leg from indicator_elements),
reported as (
    select form from int_spine
    union
    select form from int_area_cells
),
valued as (select distinct item_no from int_current_values),
-- current in cells without a value alone, or in those of areas
unvalued as (
    select distinct items.item_no
    from int_items as items
    anti join valued on items.item_no = valued.item_no
    join int_current_cells as cells on items.element = cells.element and items.item = cells.item
),
items as (
    select int_items.element, int_items.item
    from int_items
    left join valued on int_items.item_no = valued.item_no
    left join unvalued on int_items.item_no = unvalued.item_no
    where valued.item_no is not null or unvalued.item_no is not null
),
-- both legs of a ratio have the items of either, so that a leg never stands alone
held as (
    select distinct indicator_elements.indicator, coalesce(items.item, '') as item
    from indicator_elements
    left join items on indicator_elements.element = items.element
),
listed as (
    select
        indicators.form, indicators.position, indicators.indicator, indicators.kind, indicators.at_end,
        sizes.elements, legs.leg, held.item
    from indicators
    join sizes on indicators.indicator = sizes.indicator
    join legs on indicators.indicator = legs.indicator
    join held on indicators.indicator = held.indicator
    semi join reported on indicators.form = reported.form
),
numbered as (
    select
        *,
        row_number() over (order by form, position, item, leg) as series_no,
        dense_rank() over (order by form) as form_no,
        row_number() over (partition by form order by position, item, leg) - 1 as place
    from listed
),
series as (
    select
        form, indicator, kind, at_end, leg, item, elements,
        cast(series_no as int) as series_no,
        cast(form_no * 1000000 + place - place % 60 as int) as block,
        cast(place % 60 as int) as bit
    from numbered
)
select * from series
