-- one row per area × boundaries × year whose people are known: as stated there, else the sum of all its parts
with
stated as (select * from populations where population > 0),
parts as (select * from area_parts),
ways as (
    select boundaries, area, way, count(*) as part_count
    from parts
    group by boundaries, area, way
),
sums as (
    select
        parts.boundaries, parts.area, parts.way, stated.year,
        cast(sum(stated.population) as bigint) as population,
        count(*) as stated_count
    from parts
    join stated on parts.part = stated.area and parts.source_boundaries = stated.boundaries
    group by parts.boundaries, parts.area, parts.way, stated.year
),
-- a part that is not known is not guessed
whole as (
    select sums.boundaries, sums.area, sums.year, sums.population
    from sums
    join ways on sums.boundaries = ways.boundaries and sums.area = ways.area and sums.way = ways.way
    where sums.stated_count = ways.part_count
    qualify row_number() over (partition by sums.boundaries, sums.area, sums.year order by sums.way) = 1
)
select * from whole
