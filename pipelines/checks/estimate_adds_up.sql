-- rows of estimate whose year is not what was received and what is estimated, each computed on its own road
select *
from estimate
where value <> coalesce(done_value, 0) + estimated_value or estimated_value < 0
