"""Two files about one report, and a file that comes after its correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthstats.domain.reading import Reading, Report, ReportColumns
from healthstats.intake import ReportKey, settle
from healthstats.intake.judging import conflicts
from healthstats.intake.judging import largeconflicts as bigconflicts
from healthstats.intake.judging.conflicts import MOST_TOLD
from healthstats.intake.judging.draft import Draft
from healthstats.words import say

KEY: ReportKey = ("bieu9", "79001", None, "2026-08")


def said(
    values: dict[str, int | str],
    declared: int = 0,
    replaces: Literal["report", "elements"] = "report",
    facility: str = "79001",
) -> Reading:
    """A file about one report: whole numbers, or a text where the cell is quarantined."""
    draft = Draft("xlsx")
    report = draft.open(Report("bieu9", "23/2025", facility, None, "2026-08", "S", declared, replaces))
    for column, (code, value) in enumerate(values.items(), start=1):
        if isinstance(value, str):
            draft.hold(report, draft.element(code), (1, column), value)
        else:
            draft.accept(report, draft.element(code), (1, column), value * 10_000)
    return draft.reading()


def settled(
    *readings: Reading, stored: Mapping[ReportKey, int] | None = None, again: Mapping[int, int] | None = None
) -> list[tuple[list[str], list[int]]]:
    """For each file: its findings' codes, and which cells stay accepted."""
    files = [(f"{letter}.xlsx", reading) for letter, reading in zip("abc", readings, strict=False)]
    after = settle(files, stored or {}, again)
    for reading in after:
        assert all(say(f"finding.{finding.code}", "vi", **finding.params) for finding in reading.findings)
        counts = reading.counts
        assert counts.accepted == sum(reading.observations.accepted)
        assert counts.found == counts.accepted + counts.quarantined
    return [([f.code for f in reading.findings], list(reading.observations.accepted)) for reading in after]


def test_different_values_hold_both_reports_whole() -> None:
    assert settled(said({"beds": 1, "days": 2}), said({"beds": 1, "days": 3})) == [(["CONFLICT"], [0, 0])] * 2
    assert settled(said({"beds": 1, "days": 2}), said({"beds": 1})) == [(["CONFLICT"], [0, 0]), (["CONFLICT"], [0])]
    assert settled(said({"beds": 0}), said({"beds": "12?"})) == [(["CONFLICT"], [0])] * 2
    assert settled(said({"beds": "13?"}), said({"beds": "12?"})) == [(["CONFLICT"], [0])] * 2


def test_a_conflict_names_the_other_file_and_keeps_the_values_as_text() -> None:
    first, second = settle([("a.xlsx", said({"beds": 7})), ("b.xlsx", said({"beds": 8}))], {})
    assert [f.params["other"] for f in (*first.findings, *second.findings)] == ["b.xlsx", "a.xlsx"]
    assert (first.observations.text, second.observations.text) == ({0: "7"}, {0: "8"})


def test_equal_values_are_a_duplicate_and_stand() -> None:
    assert settled(said({"beds": 1}), said({"beds": 1})) == [(["DUPLICATE_REPORT"], [1])] * 2


def test_declared_revisions_decide_without_a_word() -> None:
    assert settled(said({"beds": 1}), said({"beds": 2}, declared=1)) == [([], [1]), ([], [1])]


def test_other_reports_are_no_rivals() -> None:
    assert settled(said({"beds": 1}), said({"beds": 2}, facility="79002")) == [([], [1]), ([], [1])]


def test_a_long_csv_is_compared_in_what_both_hold() -> None:
    csv = said({"days": 3, "xrays": 9}, replaces="elements")
    assert settled(said({"beds": 1, "days": 2}), csv) == [(["CONFLICT"], [1, 0]), (["CONFLICT"], [0, 1])]
    other = said({"xrays": 9}, replaces="elements")
    assert settled(said({"beds": 1, "days": 2}), other) == [([], [1, 1]), ([], [1])]


def test_of_three_files_each_pair_is_compared() -> None:
    files = said({"beds": 1}), said({"beds": 1}), said({"beds": 2})
    assert settled(*files) == [
        (["DUPLICATE_REPORT", "CONFLICT"], [0]),
        (["DUPLICATE_REPORT", "CONFLICT"], [0]),
        (["CONFLICT", "CONFLICT"], [0]),
    ]


def test_a_file_below_what_is_stored_is_told() -> None:
    assert settled(said({"beds": 1}, declared=1), stored={KEY: 2}) == [(["OUTRANKED"], [1])]
    assert settled(said({"beds": 1}, declared=2), stored={KEY: 2}) == [([], [1])]


def test_a_file_judged_again_is_nobodys_rival() -> None:
    older, newer, first = said({"beds": 1}), said({"beds": 2}), said({"beds": 3})
    assert settled(older, newer, first, again={0: 1, 1: 2}) == [([], [1])] * 3
    assert settled(said({"beds": 1}), said({"beds": 1}), again={0: 1}) == [([], [1])] * 2


def test_rivals_that_came_together_are_still_rivals_when_judged_again() -> None:
    files = said({"beds": 1}), said({"beds": 2})
    assert settled(*files, again={0: 1, 1: 1}) == [(["CONFLICT"], [0])] * 2


def test_new_files_are_rivals_beside_one_judged_again() -> None:
    files = said({"beds": 1}), said({"beds": 2}), said({"beds": 3})
    assert settled(*files, again={0: 1}) == [([], [1]), (["CONFLICT"], [0]), (["CONFLICT"], [0])]


def test_a_file_judged_again_may_still_be_outranked() -> None:
    assert settled(said({"beds": 1}, declared=1), stored={KEY: 2}, again={0: 1}) == [(["OUTRANKED"], [1])]


def test_many_reports_that_another_file_holds_too_are_told_in_one() -> None:
    def months(count: int) -> Reading:
        draft = Draft("xlsx")
        for month in range(count):
            report = draft.open(
                Report("bieu9", "23/2025", "79001", None, f"{2020 + month // 12}-{month % 12 + 1:02d}", "")
            )
            draft.accept(report, draft.element("beds"), (1, 1), 10_000)
        return draft.reading()

    assert [codes for codes, _ in settled(months(MOST_TOLD), months(MOST_TOLD))] == [["DUPLICATE_REPORT"] * 40] * 2
    first, second = settle([("a.xlsx", months(MOST_TOLD + 1)), ("b.xlsx", months(MOST_TOLD + 1))], {})
    for reading, other in ((first, "b.xlsx"), (second, "a.xlsx")):
        (found,) = reading.findings
        assert (found.code, found.params) == ("DUPLICATE_REPORTS", {"other": other, "reports": 41})
        assert say(f"finding.{found.code}", "vi", **found.params)


def in_columns(reading: Reading) -> Reading:
    """The same as the reader of large files gives it."""
    columns = ReportColumns()
    for report in reading.reports:
        kind, owner = report._replace(facility=""), report.facility or ""
        for entries, entry, numbers in (
            (columns.kinds, kind, columns.kind),
            (columns.owners, owner, columns.owner),
        ):
            if entry not in entries:
                entries.append(entry)  # type: ignore[arg-type]
            numbers.append(entries.index(entry))  # type: ignore[arg-type]
    return replace(reading, reports=columns)


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["79001", "79002", "79003"]), st.sampled_from(["2026-07", "2026-08"])),
    st.dictionaries(st.sampled_from(["beds", "days"]), st.sampled_from([0, 1, 2, "12?", "13?"]), min_size=1),
)
SENT = st.tuples(CELLS, st.integers(0, 1), st.booleans())


def long(reports: dict[tuple[str, str], dict[str, int | str]], declared: int) -> Reading:
    draft = Draft("csv")
    for row, ((facility, period), cells) in enumerate(reports.items(), start=2):
        report = draft.open(Report("bieu9", "23/2025", facility, None, period, "", declared, "elements"))
        for code, value in cells.items():
            if isinstance(value, str):
                draft.hold(report, draft.element(code), (row, 4), value)
            else:
                draft.accept(report, draft.element(code), (row, 4), value * 10_000)
    return draft.reading()


@settings(max_examples=300, deadline=None)
@given(st.lists(SENT, min_size=1, max_size=4), st.booleans(), st.sampled_from([{}, {0: 3}]), st.sampled_from([1, 40]))
def test_large_files_are_settled_as_small_ones_are(
    sent: list[tuple[dict[tuple[str, str], dict[str, int | str]], int, bool]],
    outranked: bool,
    again: dict[int, int],
    most: int,
) -> None:
    stored = {KEY: 1} if outranked else {}
    aside = {1: frozenset({0})} if again else {}
    files = [(f"{at}.csv", long(reports, declared)) for at, (reports, declared, _) in enumerate(sent)]
    mixed = [
        (f"{at}.csv", in_columns(reading) if is_large else reading)
        for at, (reading, is_large) in enumerate(
            (long(reports, declared), is_large) for reports, declared, is_large in sent
        )
    ]
    with pytest.MonkeyPatch.context() as bound:
        bound.setattr(conflicts, "MOST_TOLD", most)
        bound.setattr(bigconflicts, "AT_ONCE", 2)
        bound.setattr(conflicts, "AT_ONCE", 1)
        small, large = settle(files, stored, again, aside), settle(mixed, stored, again, aside)
    for one, other in zip(small, large, strict=True):
        assert sorted(map(repr, one.findings)) == sorted(map(repr, other.findings))
        assert one.observations == other.observations
        assert one.counts == other.counts


def test_of_two_large_files_in_conflict_the_first_reports_are_told_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(conflicts, "MOST_DISPUTED", 2)
    monkeypatch.setattr(conflicts, "AT_ONCE", 3)

    def year(value: int) -> Reading:
        return long({("79001", f"2026-{month:02d}"): {"beds": value} for month in range(1, 8)}, 0)

    files = [("a.csv", in_columns(year(1))), ("b.csv", in_columns(year(2)))]
    for reading, other in zip(settle(files, {}), ("b.csv", "a.csv"), strict=True):
        told = [(one.code, one.severity, one.period) for one in reading.findings]
        assert told == [
            ("CONFLICT", "error", "2026-01"),
            ("CONFLICT", "error", "2026-02"),
            ("CONFLICTS", "error", None),
        ]
        assert reading.findings[-1].params == {"other": other, "reports": 5, "shown": 2}
        assert say("finding.CONFLICTS", "vi", **reading.findings[-1].params)
        assert (reading.counts.quarantined, [*reading.observations.accepted]) == (7, [0] * 7)
    one_small = settle([files[0], ("b.csv", year(2))], {})
    assert [[one.code for one in reading.findings] for reading in one_small] == [["CONFLICT"] * 7] * 2


WHOSE = st.tuples(st.sampled_from(["79001", "79002", "79003", "79004"]), st.sampled_from(["2026-07", "2026-08"]))
HELD = st.lists(st.tuples(WHOSE, st.integers(0, 1), st.sampled_from([0, 1, "12?"])), max_size=3)


def several(reports: list[tuple[tuple[str, str], int, int | str]]) -> Reading:
    """A file that may hold a report twice."""
    draft = Draft("xlsx")
    for row, ((facility, period), declared, value) in enumerate(reports, start=2):
        report = draft.open(Report("bieu9", "23/2025", facility, None, period, "S", declared))
        if isinstance(value, str):
            draft.hold(report, draft.element("beds"), (row, 4), value)
        else:
            draft.accept(report, draft.element("beds"), (row, 4), value * 10_000)
    return draft.reading()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(HELD, min_size=1, max_size=4),
    st.dictionaries(WHOSE, st.integers(0, 2), max_size=2),
    st.sampled_from([{}, {0: 3}]),
    st.sampled_from([{}, {0: frozenset({0})}]),
)
def test_files_that_stand_alone_are_settled_as_rivals_are(
    sent: list[list[tuple[tuple[str, str], int, int | str]]],
    declared: dict[tuple[str, str], int],
    again: dict[int, int],
    aside: dict[int, frozenset[int]],
) -> None:
    stored = {("bieu9", facility, None, period): known for (facility, period), known in declared.items()}
    short, thorough = ([(f"{at}.xlsx", several(reports)) for at, reports in enumerate(sent)] for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflicts, "_all_alone", lambda readings, stored: False)
        expected = settle(thorough, stored, again, aside)
    assert settle(short, stored, again, aside) == expected
