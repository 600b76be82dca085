-- one row per series × cell of the unfinished year: what was received and what is estimated, and how many reports each method stands for
with
wholes as (
    select int_whole_reports.*
    from int_whole_reports
    join int_series on int_whole_reports.series_no = int_series.series_no and int_series.item = ''
    semi join int_estimate_months as months on int_whole_reports.period_no = months.year_no
),
received as (
    select held.series_no, held.profile, held.value
    from int_estimate_values as held
    join int_series as series on held.series_no = series.series_no
    join int_estimate_months as months
        on series.form = months.form and held.period_no = months.month_no and (months.ends_year or not series.at_end)
    anti join wholes on held.series_no = wholes.series_no and held.facility_no = wholes.facility_no
    union all
    select series_no, profile, value from wholes
),
parts as (
    select series_no, profile, sum(value) as received, 0 as estimated, 0 as counted, '' as method
    from received
    group by series_no, profile
    union all
    select series_no, profile, 0, sum(value), 0, ''
    from int_estimate_pieces
    group by series_no, profile
    union all
    select series_no, profile, 0, 0, sum(stands_for), method
    from int_estimate_missing
    group by series_no, profile, method
),
sums as (
    select
        parts.series_no, profile_keys.cell_no,
        sum(parts.received) + sum(parts.estimated) as value_sum,
        sum(parts.estimated) as estimated_value,
        cast(sum(case when parts.method = '' then 1 else 0 end) as bigint) as value_count,
        cast(sum(case when parts.method = 'own_growth' then parts.counted else 0 end) as bigint) as own_growth_reports,
        cast(sum(case when parts.method = 'own_mean' then parts.counted else 0 end) as bigint) as own_mean_reports,
        cast(sum(case when parts.method = 'all_growth' then parts.counted else 0 end) as bigint) as all_growth_reports,
        cast(sum(case when parts.method = 'carried' then parts.counted else 0 end) as bigint) as carried_reports,
        cast(sum(case when parts.method = 'none' then parts.counted else 0 end) as bigint) as not_estimated_reports
    from parts
    join profile_keys on parts.profile = profile_keys.profile
    group by parts.series_no, profile_keys.cell_no
)
select * from sums
