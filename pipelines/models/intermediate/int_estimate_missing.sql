-- one row per series × facility × month of the unfinished year that is due and not reported in full, with how its unit's month is estimated
with
months as (select * from int_estimate_months),
held as (select * from int_estimate_values where complete and this_year),
series as (
    select
        series_no, form, at_end,
        -- beds stay; beds on the days of a month stay by the day
        at_end or leg = 'denominator' and indicator in (
            select indicator from indicator_elements where leg = 'denominator' and by_days
        ) as stays
    from int_series
    where item = ''
),
due as (
    select
        series.series_no, series.stays, due.unit_no, due.facility_no, due.profile, due.stands_for,
        months.month_no, months.prior_no, months.year_no
    from int_estimate_due as due
    join months on due.form = months.form and due.period_no = months.month_no
    join series on due.form = series.form and (months.ends_year or not series.at_end)
),
missing as (
    select due.*
    from due
    anti join held
        on due.series_no = held.series_no and due.facility_no = held.facility_no and due.month_no = held.period_no
    anti join int_whole_reports as wholes
        on due.series_no = wholes.series_no and due.facility_no = wholes.facility_no and due.year_no = wholes.period_no
),
judged as (
    select
        missing.series_no, missing.unit_no, missing.facility_no, missing.profile, missing.stands_for,
        missing.month_no, missing.prior_no,
        case
            when missing.stays then case when levels.last_no is null then 'none' else 'carried' end
            when last_year.value is not null and levels.base_value > 0 then 'own_growth'
            -- who never did any of it goes on doing none
            when last_year.value = 0 and levels.base_value = 0 and levels.value = 0 then 'own_growth'
            when levels.own_months > 0 then 'own_mean'
            when last_year.value is not null and levels.all_base_value > 0 then 'all_growth'
            else 'none'
        end as method
    from missing
    left join int_estimate_levels as levels
        on missing.series_no = levels.series_no and missing.unit_no = levels.unit_no
    left join int_estimate_complete as last_year
        on missing.series_no = last_year.series_no and missing.unit_no = last_year.unit_no
        and missing.prior_no = last_year.period_no
)
select * from judged
