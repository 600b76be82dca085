-- one row per series × cell (area, boundaries, group) × comparison × month (or corrected long period)
with
measures as (select * from int_measures),
spread as (
    select
        measures.*, profile_keys.cell_no, moves.moved is not null as moves
    from measures
    join profile_keys on measures.profile = profile_keys.profile
    left join int_moves as moves
        on measures.moved = moves.moved and profile_keys.boundaries = moves.boundaries
        and profile_keys.level = moves.level and profile_keys.group_by = moves.group_by
),
cells as (
    select
        series_no, cell_no, comparison, now_no,
        sum(value) as value,
        sum(base_value) as base_value,
        cast(sum(value_count) as bigint) as value_count,
        cast(sum(base_value_count) as bigint) as base_value_count,
        cast(sum(reports) as bigint) as reports,
        cast(sum(base_reports) as bigint) as base_reports,
        cast(sum(expected_reports) as bigint) as expected_reports,
        cast(sum(base_expected_reports) as bigint) as base_expected_reports,
        cast(sum(case when moves then 0 else matched_reports end) as bigint) as matched_reports,
        sum(case when moves then 0 else matched_value end) as matched_value,
        sum(case when moves then 0 else matched_base_value end) as matched_base_value,
        sum(entered) as entered,
        sum(gone) as gone,
        sum(case when moves then 0 else missing end) as missing,
        sum(case when moves then 0 else missing_base end) as missing_base,
        sum(case when moves then matched_value - matched_base_value + missing + missing_base else 0 end)
            as reclassified
    from spread
    group by series_no, cell_no, comparison, now_no
)
select * from cells
