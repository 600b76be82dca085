"""Which columns of a form belong together, as its header and its rules say."""

from __future__ import annotations

from itertools import combinations

from healthstats.domain.form import Form


def siblings(form: Form, elements: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every two elements whose columns stand under the same heading in an edition, but for a part and its total: a part
    above its total is told as such."""
    related = {frozenset((whole, part)) for whole, parts in wholes(form).items() for part in parts}
    pairs: dict[tuple[str, str], None] = {}
    for edition in form.editions:
        under: dict[tuple[str, ...], list[str]] = {}
        for column in edition.columns:
            if column.role in elements and len(column.path) > 1:
                under.setdefault(column.path[:-1], []).append(column.role)
        for group in under.values():
            pairs.update(dict.fromkeys(combinations(group, 2)))
    return [pair for pair in pairs if frozenset(pair) not in related]


def wholes(form: Form) -> dict[str, list[str]]:
    """Each total that a form's rules know with its parts: no sum of them is the total but by chance."""
    found: dict[str, list[str]] = {}
    summed = {rule.left for rule in form.rules if rule.kind == "sum"}
    for rule in form.rules:
        if rule.kind == "at_most" and len(rule.right) == 1 and not rule.less and rule.right[0] not in summed:
            found.setdefault(rule.right[0], []).append(rule.left)
    return found
