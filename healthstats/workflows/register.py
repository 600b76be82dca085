"""register import: the analyst's own list against the register, and into it after a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from healthstats.definitions.faults import Faults
from healthstats.definitions.headings import Headings, read_headings
from healthstats.definitions.register_file import read_register, replace_register, rewritten
from healthstats.definitions.registers import read_facilities
from healthstats.definitions.targets import read_plans, read_populations
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.finding import Finding
from healthstats.errors import UsageError
from healthstats.intake.letters.text import fold
from healthstats.intake.lists.facilities import FacilityList
from healthstats.intake.lists.header import Wanted
from healthstats.intake.lists.lists import Listing, find_list, read_grids
from healthstats.intake.lists.targets import TargetList
from healthstats.store import Refusal, read_source
from healthstats.transform.geography import Geography
from healthstats.words import Lang
from healthstats.workflows.arrivals import CSV_SUFFIXES, WORKBOOK_BYTES
from healthstats.workflows.init import EMPTY
from healthstats.workflows.register_changes import differences
from healthstats.workflows.register_lines import DAY, Differences, Standing
from healthstats.workflows.register_targets import target_differences
from healthstats.workflows.workspace import Workspace

CSV_BYTES = 32 * 10**6


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for: `on` is the day from which the list holds (None: not said), `keep` and `ignore`
    are headings, `complete` says that nobody is missing from the list, `pad` that short codes lost leading zeros."""

    path: Path
    on: date | None = None
    keep: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    complete: bool = False
    pad: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would become of the register `path`: `before` its text, `after` what it would be; `doubts` are the rows
    left out until a person settles them; `complete` was asked for but cannot hold while a row is in doubt."""

    name: str
    path: Path
    listing: Listing
    differences: Differences
    doubts: tuple[Finding, ...]
    before: str
    after: str
    refused_complete: bool = False

    @property
    def changed(self) -> bool:
        return self.after != self.before


def propose_import(workspace: Workspace, request: Request, lang: Lang, today: date) -> Proposal:
    """Reads the list and compares; writes nothing. UsageError says why a file is no list for a register."""
    definitions = workspace.definitions
    headings = read_headings(workspace.root)
    wanted = Wanted(_kept(request.keep, headings, definitions), request.ignore, request.sheets)
    name, listing = _listing(request.path, headings, wanted, lang)
    _check_kept(request.keep, listing)
    path = workspace.register.with_name(f"{listing.register}.csv")
    before = read_register(path) if path.exists() else EMPTY[listing.register]
    on = request.on or today
    refused = False
    if listing.register == "facilities":
        listed, doubts = FacilityList(definitions, on, request.pad).read(listing)
        refused = request.complete and bool(doubts)
        complete = request.complete and not doubts
        found = differences(definitions.facilities, listed, _standing(definitions, on), complete)
    else:
        targets, doubts = TargetList(definitions, request.pad, request.source or name).read(listing)
        found = target_differences(definitions, listing.register, targets)
    after = rewritten(before, found.edits, found.lines) if found.edits or found.lines else before
    return Proposal(name, path, listing, found, tuple(doubts), before, after, refused)


def write_import(workspace: Workspace, proposal: Proposal) -> None:
    """Replaces the register, whole or not at all, by what was proposed, once it was seen to load without a fault."""
    if not proposal.path.exists():
        proposal.path.write_text(proposal.before, "utf-8")
    check = _check(workspace.definitions, proposal.listing.register)
    replace_register(proposal.path, proposal.before, proposal.after, check)


def _check(definitions: Definitions, register: str) -> Callable[[Path], None]:
    def check(path: Path) -> None:
        faults, shown = Faults(), f"registers/{register}.csv"
        if register == "facilities":
            read_facilities(path, shown, definitions.areas, faults)
        elif register == "populations":
            read_populations(path, shown, definitions.areas, faults)
        else:
            known = {spell.facility for spell in definitions.facilities}
            planned = definitions.elements.keys() | definitions.indicators.keys()
            read_plans(path, shown, definitions.areas, (known, planned), faults)
        faults.check()

    return check


def _listing(path: Path, headings: Headings, wanted: Wanted, lang: Lang) -> tuple[str, Listing]:
    if not path.exists() and not path.is_symlink():
        raise UsageError("no_such_path", path=path)
    source = read_source(path, CSV_BYTES if path.suffix.lower() in CSV_SUFFIXES else WORKBOOK_BYTES)
    if isinstance(source, Refusal):
        raise UsageError("list_refused", reason=source.sentence(lang))
    grids = read_grids(source.name, source.data, percents=True)
    listing = grids if isinstance(grids, Finding) else find_list(grids, headings, wanted)
    if isinstance(listing, Finding):
        raise UnreadableList(source.name, listing)
    return source.name, listing


class UnreadableList(UsageError):
    """The file is no list for a register; `finding` says why."""

    def __init__(self, name: str, finding: Finding) -> None:
        where = "!".join(part for part in (finding.sheet, finding.cell) if part)
        super().__init__("list_unreadable", name=f"{name} › {where}" if where else name)
        self.finding = finding

    def sentence(self, lang: Lang = "vi") -> str:
        from healthstats.words import say

        reason = say(f"finding.{self.finding.code}", lang, **self.finding.params)
        text = f" · “{self.finding.text}”" if self.finding.text else ""
        return say(self.key, lang, reason=reason + text, **self.params)


def _kept(keep: tuple[str, ...], headings: Headings, definitions: Definitions) -> dict[str, str]:
    """Folded heading → the group's column: what the register has as a group already, and what --keep asks for."""
    known = {fold(label) for role, labels in headings["facilities"].items() for label in (role, *labels)}
    kept = {fold(group): group for group in definitions.groups if fold(group) not in known}
    for label in keep:
        name = fold(label).replace(" ", "_")
        if not name.isidentifier() or name == "all":
            raise UsageError("keep_name", text=label)
        kept[fold(label)] = kept.get(fold(label), name)
    return kept


def _check_kept(keep: tuple[str, ...], listing: Listing) -> None:
    printed = {fold(label.rpartition(" / ")[2]) for label in listing.headings.values()}
    for label in keep:
        if fold(label) not in printed:
            raise UsageError("keep_missing", text=label, labels=" · ".join(listing.unused) or "–")


def _standing(definitions: Definitions, on: date) -> Standing:
    geography = Geography(definitions)
    newest = max((k for k, start in enumerate(geography.divisions) if start <= on), default=0)

    def now(spell: FacilitySpell) -> str | None:
        return geography.area(spell, newest)

    def then(code: str, day: date | None) -> tuple[str, date | None]:
        for k in range(newest, 0, -1):
            start = geography.divisions[k]
            if day and start <= day:
                break
            changes = definitions.area_changes
            old = {change.old_area for change in changes if change.effective_from == start and change.new_area == code}
            if not old and any(area.area == code and area.in_force(start - DAY) for area in definitions.areas):
                continue
            if len(old) != 1:
                return code, start
            code = min(old)
        return code, None

    return Standing(on, now, then)
