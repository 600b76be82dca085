"""A facility twice, held against each pair of rows looked at by itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from healthstats.domain.reading import Report
from healthstats.intake.judging.draft import Draft
from healthstats.intake.sheets.repeats import Span, hold_repeats

Row = tuple[int, str, str]
REPORTS = st.lists(
    st.tuples(*map(st.sampled_from, (["79001", "79002", "79003"], ["2026-08", "2026-09"], "ST"))), max_size=5
)


@settings(max_examples=300, deadline=None)
@given(st.data(), REPORTS.filter(bool))
def test_a_cell_is_held_where_another_row_says_it_too(data: st.DataObject, reports: list[tuple[str, str, str]]) -> None:
    draft, spans = Draft("xlsx"), list[Span]()
    for facility, period, sheet in reports:
        draft.open(Report("bieu9", "23/2025", facility, None, period, sheet))
    rows = st.tuples(st.integers(0, len(reports) - 1), st.sampled_from(["", "A00"]), st.sampled_from(["", "K1"]))
    for row, (report, item, apart) in enumerate(data.draw(st.lists(rows, max_size=6)), start=1):
        first = draft.accept(report, draft.element("beds"), (row, 1), 10_000)
        spans.append(Span(report, item, row, first, first + 1, apart))

    def whose(span: Span) -> tuple[str | None, str, str]:
        report = draft.reports[span.report]
        return report.facility, report.period, span.apart

    def twice(one: Span, other: Span) -> bool:
        group = {draft.reports[span.report].sheet for span in spans if whose(span) == whose(one)}
        return one is not other and whose(one) == whose(other) and (one.item == other.item or len(group) > 1)

    held = {span.row for span in spans if any(twice(span, other) for other in spans)}
    hold_repeats(draft, spans)
    assert {span.row for span in spans if not draft.observations.accepted[span.first]} == held
    assert [finding.code for finding in draft.findings] == ["FACILITY_TWICE"] * len(held)
