-- one row per series × area × boundaries × group × comparison × month (or corrected long period)
with
measures as (select * from int_measures),
spread as (
    select
        measures.*,
        profile_keys.boundaries, profile_keys.area, profile_keys.group_by, profile_keys.group_value,
        moves.moved is not null as moves
    from measures
    join profile_keys on measures.profile = profile_keys.profile
    left join int_moves as moves
        on measures.moved = moves.moved and profile_keys.boundaries = moves.boundaries
        and profile_keys.level = moves.level and profile_keys.group_by = moves.group_by
),
cells as (
    select
        series_no, area, boundaries, group_by, group_value, comparison, now_no,
        sum(value) as value,
        sum(base_value) as base_value,
        sum(value_count) as value_count,
        sum(base_value_count) as base_value_count,
        sum(reports) as reports,
        sum(base_reports) as base_reports,
        sum(expected_reports) as expected_reports,
        sum(base_expected_reports) as base_expected_reports,
        sum(case when moves then 0 else matched_reports end) as matched_reports,
        sum(case when moves then 0 else matched_value end) as matched_value,
        sum(case when moves then 0 else matched_base_value end) as matched_base_value,
        sum(entered) as entered,
        sum(gone) as gone,
        sum(case when moves then 0 else missing end) as missing,
        sum(case when moves then 0 else missing_base end) as missing_base,
        sum(case when moves then matched_value - matched_base_value + missing + missing_base else 0 end)
            as reclassified
    from spread
    group by series_no, area, boundaries, group_by, group_value, comparison, now_no
)
select * from cells
