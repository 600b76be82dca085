-- rows of growth whose change is not exactly the sum of its parts
select *
from growth
where change <> change_matched + change_entered + change_left + change_missing + change_missing_base
    + change_reclassified
    or (change is null) <> (change_matched is null)
    or (change is not null and change <> value - base_value)
