-- one row per element × item ever sent, with a short number
with
sent as (select distinct element, item from observations),
numbered as (
    select element, item, cast(row_number() over (order by element, item) as int) as item_no
    from sent
)
select * from numbered
