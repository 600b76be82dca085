"""A proposed form as the TOML file that an analyst looks over, a remark on each line that is a guess."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from healthstats.domain.element import Names
from healthstats.domain.proposal import GuessedColumn, ProposedForm
from healthstats.words import Lang, say

FREQUENCIES = {"month": ("month", 5), "quarter": ("quarter", 10)}
FINANCIAL_YEAR = 4
OLDEST = date(2000, 1, 1)


def proposed_file(proposed: ProposedForm, lang: Lang) -> str:
    """The file's text. It begins with `reviewed = false`, and is no definition before a person changes that."""
    place = " › ".join(part for part in (proposed.file, proposed.sheet) if part)
    period = proposed.period.code if proposed.period else say("proposal.no_period", lang)
    words = {"place": place, "first": proposed.first, "last": proposed.last, "period": period}
    lines = [*say("proposal.head", lang, **words).splitlines(), "reviewed = false", ""]
    if proposed.left_out:
        lines[:-1] = [*lines[:-1], say("proposal.left_out", lang, labels="; ".join(proposed.left_out))]
    lines += _layout(proposed, place, lang) if proposed.layout_of else _form(proposed, place, lang)
    return "\n".join(lines) + "\n"


def _layout(proposed: ProposedForm, place: str, lang: Lang) -> Iterator[str]:
    yield f"layout_of = {_text(proposed.layout_of)}  # {say('proposal.guess', lang, score=proposed.score)}"
    yield f"source = {_text(place)}"
    yield from _columns(proposed.columns, lang, proposed.unmatched)
    yield from _tables(proposed, lang)


def _form(proposed: ProposedForm, place: str, lang: Lang) -> Iterator[str]:
    name = _text(proposed.sheet or proposed.form)
    frequency, days = FREQUENCIES.get(
        proposed.by_period or (proposed.period.kind if proposed.period else "month"), ("year", 30)
    )
    # years side by side are mostly before the one that the title names
    dated = proposed.period if proposed.by_period != "year" else None
    since = date(dated.year, 1, 1) if dated else OLDEST
    guess = f"  # {say('proposal.to_check', lang)}"
    yield f"form = {_text(proposed.form)}"
    yield f"name = {{ vi = {name}, en = {name} }}{guess}"
    yield f"source = {_text(place)}"
    yield f"row = {_text(proposed.row)}{guess}"
    if proposed.sheets:
        yield f"sheets = {_texts(proposed.sheets)}{guess}"
    if proposed.financial_years:
        yield f"financial_year_start = {FINANCIAL_YEAR}{guess}"
    yield from _tables(proposed, lang)
    yield from ("", "[[edition]]", 'edition = "1"', f"source = {_text(place)}")
    yield f"valid_from = {since}{guess}"
    yield f"frequency = {_text(frequency)}{guess}"
    yield f"deadline_days = {days}{guess}"
    yield f'accumulates = "none"{guess}'
    yield from _columns(proposed.columns, lang)
    for column in proposed.columns:
        if (element := column.element) is not None:
            yield from ("", "[[element]]", f"element = {_text(element.element)}")
            yield f"kind = {_text(element.kind)}{guess}"
            yield f"type = {_text(element.type)}{guess}"
            yield f"unit = {_names(element.unit)}{guess}"
            yield f"name = {_names(element.name)}"


def _columns(
    columns: Iterable[GuessedColumn], lang: Lang, unmatched: Iterable[tuple[str, tuple[str, ...]]] = ()
) -> Iterator[str]:
    yield "columns = ["
    for column in columns:
        key = "new_element" if column.element else "guess" if column.score else "to_check"
        told = say(f"proposal.{key}", lang, score=column.score)
        rival = say("proposal.rival", lang, element=column.rival) if column.rival else ""
        yield f"  {_texts((column.role, *column.path))},  # {told}{rival}"
    for cell, path in unmatched:
        yield f"  # {_texts(('?', *path))},  # {say('proposal.unmatched', lang, cell=cell)}"
    yield "]"


def _tables(proposed: ProposedForm, lang: Lang) -> Iterator[str]:
    guess = f"  # {say('proposal.to_check', lang)}"
    rows = {"total": proposed.rows.total, "end": proposed.rows.end}
    marks = proposed.markers
    markers = {"zero": marks.zero, "missing": marks.missing, "not_applicable": marks.not_applicable}
    for table, texts in (("rows", rows), ("markers", markers)):
        if any(texts.values()):
            yield from ("", f"[{table}]")
            yield from (f"{key} = {_texts(said)}{guess}" for key, said in texts.items() if said)


def _names(names: Names) -> str:
    return f"{{ vi = {_text(names['vi'])}, en = {_text(names['en'])} }}"


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """A TOML basic string; JSON escapes the same, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
