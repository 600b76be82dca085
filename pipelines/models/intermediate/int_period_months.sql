-- one row per way of counting × period × month that counts in it: every month of a flow, the last alone of a stock
with
every_month as (select false as at_end, period_no, month_no from period_months),
last_month as (select true as at_end, period_no, last_month as month_no from periods),
together as (
    select * from every_month
    union all
    select * from last_month
)
select * from together
