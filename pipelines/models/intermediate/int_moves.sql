-- one row per move of a unit between two sets of profiles × table (boundaries, level, group) whose cells it changes
with
moves as (
    select distinct moved from int_pairs where moved <> ''
    union
    select distinct moved from int_whole_classes where moved <> ''
),
sides as (
    select moved, unnest(string_split(split_part(moved, '>', 1), ',')) as profile, 'base' as side from moves
    union all
    select moved, unnest(string_split(split_part(moved, '>', 2), ',')) as profile, 'now' as side from moves
),
cells as (
    select distinct
        sides.moved, sides.side, profile_keys.boundaries, profile_keys.level, profile_keys.area,
        profile_keys.group_by, profile_keys.group_value
    from sides
    join profile_keys on cast(sides.profile as int) = profile_keys.profile
),
-- a cell that stands on one side only
changed as (
    select moved, boundaries, level, area, group_by, group_value
    from cells
    group by moved, boundaries, level, area, group_by, group_value
    having count(*) = 1
),
tables as (select distinct moved, boundaries, level, group_by from changed)
select * from tables
