-- one row per form defined or reported; its number, a facility's and a period's add up to a report's
with
reported as (select distinct form from stg_reports),
unknown as (
    select reported.form, '' as row_is
    from reported
    anti join forms on reported.form = forms.form
),
together as (
    select form, row_is from forms
    union all
    select form, row_is from unknown
),
numbered as (
    select
        form, row_is,
        cast(row_number() over (order by form) as bigint) * 1000000000000000 as form_no
    from together
)
select * from numbered
