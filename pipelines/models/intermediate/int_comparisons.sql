-- one row per form × period of its years × comparison: prior year and, where it is another year, base year
with
years as (
    select form, year from int_spine
    union
    select form, year from int_area_cells
),
own as (
    select years.form, periods.*
    from periods
    join years on periods.year = years.year
),
prior_year as (select *, 'prior_year' as comparison, prior_period as compared_with from own),
base as (select *, 'base' as comparison, base_period as compared_with from own where base_period is not null),
pairs as (
    select * from prior_year
    union all
    select * from base
),
numbered as (
    select
        pairs.form, pairs.comparison, pairs.period, pairs.period_type, pairs.start_date, pairs.end_date,
        pairs.period_no as now_no,
        earlier.period as base_period, earlier.period_no as base_no, earlier.start_date as base_start_date
    from pairs
    join periods as earlier on pairs.compared_with = earlier.period
)
select * from numbered
