-- rows of growth that count more reports than are expected
select *
from growth
where reports > expected_reports or base_reports > base_expected_reports or matched_reports > reports
