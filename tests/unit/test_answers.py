"""Which report a finding without a cell is about."""

from __future__ import annotations

from healthstats.domain.finding import Finding
from healthstats.domain.reading import Report
from healthstats.intake.judging.answers import report_of
from healthstats.intake.judging.draft import Draft


def test_of_two_forms_of_one_month_in_a_long_csv_the_one_that_is_meant() -> None:
    draft = Draft("csv")
    for form in ("bieu9", "bieu031"):
        draft.open(Report(form, "1", "79001", None, "2026-08", ""))
    asked = Finding("SAME_AS_LAST_MONTH", "error", facility="79001", period="2026-08", params={"form": "bieu031"})
    assert report_of(draft.reading(), asked) == 1
