-- one row per report × block: the series complete in it
with
bits as (
    select held.report_no, series.block, bit_or(cast(1 as bigint) << series.bit) as bits
    from int_values as held
    join int_series as series on held.series_no = series.series_no
    where held.complete
    group by held.report_no, series.block
)
select * from bits
