"""alias: another name by which files call a facility or an area, written into the workspace's register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from healthstats.definitions.register_file import NewLine, read_register, replace_register, rewritten
from healthstats.domain.table import Table
from healthstats.errors import UsageError
from healthstats.intake import NameIndex
from healthstats.tables import unknown_names
from healthstats.words import Lang
from healthstats.workflows.marts import Told, warehouse
from healthstats.workflows.naming import find_area_name, find_facility
from healthstats.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """Who is called so from now on, and the register that says it; None where the name led there already."""

    who: str
    path: Path | None = None


def unknown(workspace: Workspace, lang: Lang, told: Told = lambda: None) -> Table:
    """The names that no register row fits, in files that wait, with what they may mean."""
    with warehouse(workspace, told, ("awaiting",)) as connection:
        return unknown_names(connection, workspace.definitions, lang)


def add_facility_alias(workspace: Workspace, facility: str, written: str) -> Written:
    """Writes `written` as another name of `facility` (its code or name). UsageError where it leads to another one."""
    definitions = workspace.definitions
    facilities = NameIndex.of(definitions.facilities, definitions.aliases)
    code = find_facility(definitions, facility)
    (who,) = facilities.called([code])
    if _leads_there(facilities, written, (code,)):
        return Written(who)
    return Written(who, _add(workspace, "aliases", {"facility": code, "alias": written.strip()}))


def add_area_alias(workspace: Workspace, area: str, written: str) -> Written:
    """The same for an area: the alias holds for whatever area bears the name, when it does."""
    definitions = workspace.definitions
    areas = NameIndex.of_areas(definitions.areas, definitions.area_aliases, None)
    name = find_area_name(definitions, area)
    if _leads_there(areas, written, areas.bearers(name)):
        return Written(name)
    return Written(name, _add(workspace, "area_aliases", {"name": name, "alias": written.strip()}))


def _leads_there(index: NameIndex, written: str, own: tuple[str, ...]) -> bool:
    if not written.strip() or not written.isprintable():
        raise UsageError("alias_blank")
    bearers = index.bearers(written)
    if set(bearers) - set(own):
        raise UsageError("alias_taken", text=written, others="; ".join(index.called(bearers)))
    return bool(bearers)


def _add(workspace: Workspace, register: str, values: dict[str, str]) -> Path:
    path = workspace.root / "pipelines" / "registers" / f"{register}.csv"
    before = read_register(path) if path.exists() else ""
    replace_register(path, before, rewritten(before, {}, [NewLine(values)]))
    return path
