-- one row per unit × series × long period × comparison classed once, as a whole, and not by its months
with
pieces as (select * from int_whole_pieces),
profiles as (select distinct series_no, unit_no, comparison, now_no, side, profile from pieces),
sets as (
    select
        series_no, unit_no, comparison, now_no, side,
        string_agg(cast(profile as varchar), ',' order by profile) as profiles
    from profiles
    group by series_no, unit_no, comparison, now_no, side
),
sides as (
    select
        pieces.series_no, pieces.unit_no, pieces.comparison, pieces.now_no,
        sum(case when side = 'now' then expected_reports else 0 end) as now_expected,
        sum(case when side = 'now' then reports else 0 end) as now_reports,
        sum(case when side = 'base' then expected_reports else 0 end) as base_expected,
        sum(case when side = 'base' then reports else 0 end) as base_reports
    from pieces
    group by pieces.series_no, pieces.unit_no, pieces.comparison, pieces.now_no
),
classed as (
    select
        sides.series_no, sides.unit_no, sides.comparison, sides.now_no,
        case
            when base_expected = 0 then 'entered'
            when now_expected = 0 then 'left'
            when base_reports < base_expected then 'missing_base'
            when now_reports < now_expected then 'missing'
            else 'matched'
        end as class,
        case
            when base_expected > 0 and now_expected > 0 and now_set.profiles <> base_set.profiles
            then base_set.profiles || '>' || now_set.profiles
            else ''
        end as moved
    from sides
    left join sets as now_set
        on sides.series_no = now_set.series_no and sides.unit_no = now_set.unit_no
        and sides.comparison = now_set.comparison and sides.now_no = now_set.now_no and now_set.side = 'now'
    left join sets as base_set
        on sides.series_no = base_set.series_no and sides.unit_no = base_set.unit_no
        and sides.comparison = base_set.comparison and sides.now_no = base_set.now_no and base_set.side = 'base'
)
select * from classed
