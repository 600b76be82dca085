-- rows of growth where a unit left its table although the table is the whole country
select *
from growth
where group_by = 'all' and change_reclassified <> 0 and area in (select root from divisions)
