-- one row per register row × boundaries on which its area is not known: counted in the country alone
with
placed as (select distinct profile, boundaries from profile_keys where level <> 'country'),
divided as (select count(*) as areas from areas where level <> 'country'),
unplaced as (
    select
        facilities.facility, facilities.name, facilities.valid_from, facilities.valid_to, facilities.area,
        divisions.boundaries
    from facilities
    cross join divisions
    cross join divided
    anti join placed on facilities.profile = placed.profile and divisions.boundaries = placed.boundaries
    where divided.areas > 0
)
select * from unplaced order by facility, valid_from, boundaries
