"""The rules of a form, and how grave it calls what they, and the rules over history, find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from healthstats.definitions.faults import Keys
from healthstats.domain.form import Rule, Severity
from healthstats.words import CATALOGUE
from healthstats.words.mistakes import OVER_HISTORY

SEVERITIES = ("warning", "error")


def read_rules(keys: Keys, own: set[str]) -> tuple[tuple[Rule, ...], tuple[tuple[str, Severity], ...]]:
    """The rules across the cells of a report, and what severity the form gives to codes."""
    table = keys.table("severity")
    raised = {code: table.choice(code, SEVERITIES) for code in table.values}
    rules = (*_at_most(keys, own, raised), *_sums(keys, own, raised))
    known = {rule.code for rule in rules} | set(OVER_HISTORY)
    for code in raised:
        # its author would believe that such figures are kept out
        if code not in known:
            table.fault("severity_code", code, code=code, codes=", ".join(sorted(known)))
    return rules, tuple((code, cast(Any, severity)) for code, severity in raised.items())


def _at_most(keys: Keys, own: set[str], raised: Mapping[str, str]) -> list[Rule]:
    rules = []
    for table in keys.tables("at_most"):
        code, severity = _code_and_severity(table, raised)
        several = isinstance(table.values.get("total"), list)
        total, parts = table.texts("total") if several else (table.text("total"),), table.texts("parts")
        less = table.texts("less")
        check_elements(table, own, total=total, parts=parts, less=less)
        rules += [Rule(code, "at_most", part, total, cast(Any, severity), less) for part in parts]
        table.done()
    return rules


def _sums(keys: Keys, own: set[str], raised: Mapping[str, str]) -> list[Rule]:
    rules = []
    for table in keys.tables("sum"):
        code, severity = _code_and_severity(table, raised)
        total, parts = table.text("total"), table.texts("parts")
        check_elements(table, own, total=(total,), parts=parts)
        rules.append(Rule(code, "sum", total, parts, cast(Any, severity)))
        table.done()
    return rules


def _code_and_severity(keys: Keys, raised: Mapping[str, str]) -> tuple[str, str]:
    """A rule's code: one that the catalogue has a sentence for, or the finding could not be told. Its own severity
    comes before what the form says of the code."""
    code = keys.text("code")
    if f"finding.{code}" not in CATALOGUE:
        keys.fault("unknown_code", "code", code=code)
    return code, keys.choice("severity", SEVERITIES, raised.get(code, "warning"))


def check_elements(keys: Keys, own: set[str], **named: tuple[str, ...]) -> None:
    for key, elements in named.items():
        for element in elements:
            if element and element not in own:
                keys.fault("unknown_element", key, element=element)
