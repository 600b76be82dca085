"""findings --apply: decisions in, as a run of their own; the files they are about are judged again under them."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from healthstats import tables
from healthstats.domain.decision import CHOICES, CHOOSABLE, CONFLICT, Choice, Decision
from healthstats.domain.definitions import Definitions
from healthstats.domain.finding import Finding
from healthstats.domain.period import VIETNAM
from healthstats.errors import DecisionFaults, UsageError
from healthstats.intake.figures.scaled import in_units
from healthstats.intake.formats.grid import as_text
from healthstats.intake.judging.answers import Decisions
from healthstats.intake.judging.counted import value_of
from healthstats.intake.letters.text import fold
from healthstats.intake.lists.decisions import DecidedRow, read_decisions
from healthstats.store import Refusal, read_source
from healthstats.tables.mart import fetch
from healthstats.words import LANGUAGES, say
from healthstats.words.mistakes import OVER_HISTORY
from healthstats.workflows.arrivals import WORKBOOK_BYTES
from healthstats.workflows.ingest import Progress, ingest
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.news import Outcome, Request
from healthstats.workflows.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OPEN = """
select
    open.*,
    (select count(*) from observations as cells
     where cells.submission = open.submission and cells.run = latest.run
       and cells.sheet is not distinct from open.sheet and cells.cell = open.cell) > 0 as is_cell,
    (select count(*) from (select distinct submission, run, coalesce(sheet, '') as sheet from observations) as places
     where places.submission = open.submission and places.run = latest.run
       and coalesce(open.sheet, '') in ('', places.sheet)) > 0 as was_read
from open_findings as open
join (select submission, max(run) as run from submissions group by submission) as latest
    on open.submission = latest.submission
"""
Row = dict[str, Any]
Place = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many decisions of whom were taken in, and what became of the files; no outcome where all were known."""

    who: str
    taken: int
    known: int
    outcome: Outcome | None


def apply(
    workspace: Workspace, path: Path, who: str, told: Told = lambda: None, progress: Progress = lambda done, name: None
) -> Applied:
    """Every decision of the list, or none: DecisionFaults names each row that cannot be carried out."""
    rows, who = _read(path), who or getpass.getuser()
    with warehouse(workspace, told, ("open_findings",)) as connection:
        found = _open_findings(connection)
    stored = Decisions.of(workspace.store.decisions())
    now = datetime.now(VIETNAM).replace(tzinfo=None, microsecond=0)
    faults: list[UsageError] = []
    decided: dict[Place, tuple[int, Decision]] = {}
    for row in rows:
        try:
            blank = _blank(row, who, now)
            already = stored.on(blank.submission).get(blank.key)
            decision = _decision(row, blank, found.get(_key(row.texts)), already, workspace.definitions)
            for place in _places(decision):
                first, other = decided.setdefault(place, (row.row, decision))
                if _outcome(decision) != _outcome(other):
                    raise UsageError("decision_twice", first=first)
        except UsageError as fault:
            problems = {f"problem_{lang}": fault.sentence(lang) for lang in LANGUAGES}
            faults.append(UsageError("decision_row", file=path.name, row=row.row, **problems))
    if faults:
        raise DecisionFaults(faults)
    said = {(one.submission, one.key): one for _, one in decided.values()}
    new = [one for one in said.values() if _is_new(one, stored.on(one.submission).get(one.key))]
    if not new:
        return Applied(who, 0, len(said), None)
    made = (*new, *_passed_over(new, found))
    return Applied(who, len(new), len(said) - len(new), ingest(workspace, Request(decisions=made), progress))


def _places(decision: Decision) -> Iterator[Place]:
    """What a decision is about, of which the list may say one thing only: a finding, and the cell that it is at."""
    yield (decision.submission, *decision.key)
    if decision.decision == "choose":
        yield _contest(decision)
    elif decision.cell:
        yield decision.submission, decision.sheet, decision.cell


def _contest(chosen: Decision) -> Place:
    """Of what one alone can be chosen: a report, whichever files say it, or a facility's rows on one sheet."""
    where = (chosen.form, chosen.area or "") if chosen.chooses else (chosen.submission, chosen.sheet)
    return chosen.code, chosen.facility or "", chosen.period or "", *where


def _is_new(decision: Decision, already: Decision | None) -> bool:
    """A choice that is asked for again is one against another file, which was understood later."""
    return decision is not already and (decision.chooses or not decision.says_the_same(already))


def _outcome(decision: Decision) -> tuple[object, ...]:
    """What becomes of the cell, or whose report is chosen."""
    if decision.decision in ("suggestion", "correct"):
        return "value", decision.value
    if decision.decision == "choose":
        return decision.decision, decision.submission, decision.sheet, decision.cell
    return (decision.decision,)


def _read(path: Path) -> list[DecidedRow]:
    source = read_source(path, WORKBOOK_BYTES)
    if isinstance(source, Refusal):
        raise UsageError("list_unread", **{f"why_{lang}": source.sentence(lang) for lang in LANGUAGES})
    labels = {name: [say(f"column.{name}_asked", lang) for lang in LANGUAGES] for name in tables.ASKED}
    labels |= {name: [f"key_{name}"] for name in tables.KEYS}
    rows = read_decisions(path.name, source.data, labels, tables.NEW_KEYS)
    if isinstance(rows, Finding):
        raise UsageError("no_decision_list", path=path)
    return rows


def _open_findings(connection: DuckDBPyConnection) -> dict[tuple[str, ...], Row]:
    return {tables.keys_of(row): row for row in fetch(connection, _OPEN)}


def _key(texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(texts[name] for name in tables.KEYS)


def _blank(row: DecidedRow, who: str, now: datetime) -> Decision:
    texts = row.texts
    choice = _choice(texts["decision"])
    if texts["value"] and choice != "correct":
        raise UsageError("decision_and_value", text=texts["value"])
    return Decision(
        submission=texts["submission"],
        sheet=texts["sheet"],
        cell=texts["cell"],
        code=texts["code"],
        facility=texts["facility"] or None,
        period=texts["period"] or None,
        decision=choice,
        value=None,
        who=who,
        decided_at=now,
        reason=texts["reason"],
        element=texts["element"] or None,
        form=texts["form"],
        area=texts["area"] or None,
    )


def _choice(text: str) -> Choice:
    words = {fold(say(f"decision.{choice}", lang)): choice for choice in CHOICES for lang in LANGUAGES}
    if fold(text) not in words:
        raise UsageError("decision_unknown" if text else "decision_missing", text=text)
    return words[fold(text)]


def _decision(
    row: DecidedRow, blank: Decision, finding: Row | None, already: Decision | None, definitions: Definitions
) -> Decision:
    """The decision with its value; UsageError where it cannot be carried out."""
    factor = int(row.texts["factor"] or 1)
    if finding is None:
        if already and already.decision == blank.decision and _same_value(row.typed, factor, already, definitions):
            return already
        raise UsageError("decision_gone")
    if blank.decision == "choose":
        if blank.code not in CHOOSABLE:
            raise UsageError("decision_not_a_choice")
        if blank.chooses and not blank.form:
            raise UsageError("decision_of_no_form")
        return blank
    if blank.decision == "close":
        return _closing(blank, finding)
    # what history questions is a figure like any other, or a whole report of them
    whole = blank.code in OVER_HISTORY and not blank.cell
    if blank.decision == "return" or (blank.decision == "keep" and (whole or _severity(finding) == "warning")):
        return blank
    if finding["code"] == tables.MANY:
        if blank.decision != "suggestion":
            raise UsageError("decision_not_of_all")
        return blank
    typed = {"keep": finding["text"], "suggestion": finding["suggestion"], "correct": row.typed}[blank.decision]
    element = definitions.elements.get(finding["element"] or "")
    if not (finding["is_cell"] and element):
        raise UsageError("decision_no_cell")
    if blank.decision == "suggestion" and not typed:
        raise UsageError("decision_no_suggestion")
    if blank.decision == "suggestion" and factor > 1:
        # what the sheet would write may have more decimals than a person types
        typed, factor = in_units(str(typed), factor), 1
    value = value_of(typed, element, factor)
    if value is None:
        raise UsageError("decision_no_value", text=as_text(typed or ""))
    return replace(blank, value=value)


def _closing(blank: Decision, finding: Row) -> Decision:
    """Where a figure was read, closing would leave it out and nobody would be asked about it any more."""
    if finding["was_read"] or _severity(finding) != "error" or finding["code"] == tables.MANY:
        raise UsageError("decision_not_closable")
    if not blank.reason:
        raise UsageError("decision_no_reason")
    return blank


def _severity(finding: Row) -> str:
    """As the rule has it: what was returned is an error until a person thinks better of it."""
    told = finding["severity"]
    return str(json.loads(finding["params"]).get("severity", told) if finding["code"] == tables.RETURNED else told)


def _same_value(typed: object, factor: int, already: Decision, definitions: Definitions) -> bool:
    if already.decision != "correct":
        return True
    # decisions of older versions do not say of which element
    element = definitions.elements.get(already.element or "")
    asked = [element] if element else definitions.elements.values()
    return any(already.value == value_of(typed, one, factor) for one in asked)


def _passed_over(new: Iterable[Decision], found: Iterable[tuple[str, ...]]) -> Iterator[Decision]:
    """The rivals of what was chosen: without a word of their own they would win when judged alone."""
    chosen = {_contest(one): one for one in new if one.decision == "choose"}
    for key in found if chosen else ():
        submission, sheet, cell, code, facility, period, *_, form, area = key
        about = (code, facility, period) + ((form, area) if code == CONFLICT else (submission, sheet))
        one = chosen.get(about)
        if one and (submission, sheet, cell) != (one.submission, one.sheet, one.cell):
            yield replace(one, submission=submission, sheet=sheet, cell=cell, decision="passed_over")
