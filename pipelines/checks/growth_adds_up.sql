-- rows of growth whose change is not exactly the sum of its parts, which a ratio and area rows do not have
select growth.*
from growth
join indicators on growth.indicator = indicators.indicator
where growth.change <> growth.value - growth.base_value
    or growth.change <> growth.change_matched + growth.change_entered + growth.change_left + growth.change_missing
        + growth.change_missing_base + growth.change_reclassified
    or (growth.change_matched is null) <> (
        growth.change is null or indicators.kind = 'ratio'
        or growth.value_source = 'history' or growth.base_source = 'history'
    )
