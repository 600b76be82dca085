-- one row per month × comparison × side × standing × move: what becomes of the values of a unit there
with
pairs as (select distinct comparison, now_no, standing, moved from int_pairs),
sides as (
    select comparison, now_no, standing, moved, 'now' as side from pairs
    union all
    select comparison, now_no, standing, moved, 'base' as side from pairs
),
numbered as (
    select
        comparison, now_no, standing, moved, side,
        cast(row_number() over (order by comparison, now_no, standing, moved, side) as int) as fate_no
    from sides
)
select * from numbered
