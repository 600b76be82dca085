-- one row per facility that the register or a report names, with short numbers for it and its unit
with
registered as (select distinct facility, unit from facilities),
reporting as (select distinct facility from stg_reports where facility is not null),
unregistered as (
    select reporting.facility, reporting.facility as unit
    from reporting
    anti join registered on reporting.facility = registered.facility
),
named as (
    select * from registered
    union all
    select * from unregistered
),
numbered as (
    select
        facility,
        cast(row_number() over (order by facility) as bigint) * 10000000 as facility_no,
        cast(dense_rank() over (order by unit) as int) as unit_no
    from named
)
select * from numbered
