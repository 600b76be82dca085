"""Rules across the cells of one report."""

from __future__ import annotations

from datetime import date

from healthstats.domain.element import Element
from healthstats.domain.form import Edition, Form, Rule, Severity
from healthstats.domain.reading import Report
from healthstats.intake.judging.draft import Draft
from healthstats.intake.judging.rules import Rules

EDITION = Edition("1", date(2020, 1, 1), None, "month", 5, "none", False, "", ())
ELEMENTS = {"women": Element("women", "f", "flow", "count", {}, {"vi": "Nữ", "en": "Women"})}


def judged(values: dict[str, int | str | None], *rules: Rule) -> tuple[Draft, list[tuple[str, str]]]:
    """One report of whole numbers (None: blank; text: quarantined), and what the rules find in it."""
    draft = Draft("xlsx")
    report = draft.open(Report("f", "1", "79001", None, "2026-08", "S"))
    positions: list[int | None] = []
    for column, (code, value) in enumerate(values.items(), start=1):
        element, place = draft.element(code), (5, column)
        if value is None:
            draft.blank()
            positions.append(None)
        elif isinstance(value, str):
            positions.append(draft.hold(report, element, place, value))
        else:
            positions.append(draft.accept(report, element, place, value * 10_000))
    judge = Rules(Form("f", {}, "", "facility", (EDITION,), rules=rules), list(values))
    plain = [value * 10_000 for value in values.values() if isinstance(value, int)]
    if len(plain) == len(values):
        assert judge.hold(plain) == (not list(judge.breaches(plain)))
        assert judge.hold_all([[value] for value in plain]) == judge.hold(plain)
    judge.judge(draft, positions, ELEMENTS)
    return draft, [(finding.code, finding.cell) for finding in draft.findings]


def at_most(part: str, whole: str, severity: Severity = "warning") -> Rule:
    return Rule("PART_EXCEEDS_TOTAL", "at_most", part, (whole,), severity)


def total(whole: str, *parts: str) -> Rule:
    return Rule("TOTAL_OF_PARTS", "sum", whole, parts, "warning")


def test_a_part_may_be_the_whole_and_no_more() -> None:
    assert judged({"all": 10, "women": 10}, at_most("women", "all"))[1] == []
    assert judged({"all": 10, "women": 1100}, at_most("women", "all"))[1] == [("PART_EXCEEDS_TOTAL", "B5")]


def test_a_total_is_the_sum_of_its_parts() -> None:
    assert judged({"all": 10, "in": 4, "out": 6}, total("all", "in", "out"))[1] == []
    assert judged({"all": 11, "in": 4, "out": 6}, total("all", "in", "out"))[1] == [("TOTAL_OF_PARTS", "A5")]


def test_what_is_left_is_at_most_what_was_there_and_came_less_what_died() -> None:
    rule = Rule("MORE_STAY_THAN_CAME", "at_most", "end", ("start", "came"), "warning", ("died",))
    assert judged({"start": 5, "came": 7, "died": 2, "end": 10}, rule)[1] == []
    assert judged({"start": 5, "came": 7, "died": 2, "end": 11}, rule)[1] == [("MORE_STAY_THAN_CAME", "D5")]
    for unknown in ("start", "died", "end"):
        assert judged({"start": 5, "came": 7, "died": 2, "end": 11} | {unknown: None}, rule)[1] == []


def test_a_side_that_is_not_known_says_nothing() -> None:
    for missing in (None, "9?"):
        assert judged({"all": missing, "women": 11}, at_most("women", "all"))[1] == []
        assert judged({"all": 11, "in": missing, "out": 6}, total("all", "in", "out"))[1] == []
    assert judged({"women": 11}, at_most("women", "all"))[1] == []


def test_a_warning_keeps_the_value_and_an_error_quarantines_the_part() -> None:
    draft, _ = judged({"all": 10, "women": 1100}, at_most("women", "all"))
    assert list(draft.observations.accepted) == [1, 1]
    draft, _ = judged({"all": 10, "women": 11}, at_most("women", "all", "error"))
    assert list(draft.observations.accepted) == [1, 0]
    assert draft.observations.text == {1: "11"}
    assert (draft.counts.accepted, draft.counts.quarantined) == (1, 1)


def test_all_rules_are_asked_before_any_cell_is_held() -> None:
    rules = at_most("days", "stays", "error"), at_most("girls", "days", "error")
    draft, found = judged({"stays": 1, "days": 2, "girls": 3}, *rules)
    assert [cell for _, cell in found] == ["B5", "C5"]
    assert draft.counts.quarantined == 2


def test_a_finding_tells_both_sides() -> None:
    draft, _ = judged({"all": 10, "women": 1100}, at_most("women", "all"))
    (finding,) = draft.findings
    assert finding.params == {
        "left_vi": "Nữ",
        "left_en": "Women",
        "left_value_vi": "1.100",
        "left_value_en": "1,100",
        "right_vi": "all",
        "right_en": "all",
        "right_value_vi": "10",
        "right_value_en": "10",
    }
    assert (finding.facility, finding.period, finding.element, finding.text) == ("79001", "2026-08", "women", "1100")
