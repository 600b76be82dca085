-- one row per form × block of series
with
series as (select * from int_series),
blocks as (select distinct form, block from series)
select * from blocks
