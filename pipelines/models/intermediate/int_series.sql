-- one row per flow indicator × item, with its bit: completeness of up to 60 series travels in one BIGINT, a block
with
sizes as (select indicator, count(*) as elements from indicator_elements group by indicator),
items as (select distinct element, item from int_current_cells),
listed as (
    select distinct
        indicators.form, indicators.position, indicators.indicator, sizes.elements, coalesce(items.item, '') as item
    from indicators
    join sizes on indicators.indicator = sizes.indicator
    join indicator_elements on indicators.indicator = indicator_elements.indicator
    left join items on indicator_elements.element = items.element
    semi join int_spine on indicators.form = int_spine.form
    where indicators.kind = 'flow'
),
numbered as (
    select
        *,
        row_number() over (order by form, position, item) as series_no,
        dense_rank() over (order by form) as form_no,
        row_number() over (partition by form order by position, item) - 1 as place
    from listed
),
series as (
    select
        form, indicator, item, elements,
        cast(series_no as int) as series_no,
        cast(form_no * 1000000 + place - place % 60 as int) as block,
        cast(place % 60 as int) as bit
    from numbered
)
select * from series
