-- one row per value of a month × comparison × side on which it counts, with the class of its unit's change (view)
with
classed as (
    select
        held.report_no, held.series_no, held.value, places.profile, places.fate_no,
        case when held.complete then places.stands_for else 0 end as reports,
        case
            when fates.standing <> '' then fates.standing
            when (places.matched_bits >> series.bit) & 1 = 1 then 'matched'
            when (places.base_bits >> series.bit) & 1 = 1 then 'missing'
            else 'missing_base'
        end as class
    from int_values as held
    join int_series as series on held.series_no = series.series_no
    join int_report_fates as places on held.report_no = places.report_no and series.block = places.block
    join int_fates as fates on places.fate_no = fates.fate_no
)
select * from classed
