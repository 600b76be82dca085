"""Who is meant: a code or a name, as a file gives it, to the one facility or area of the register."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from healthstats.domain.facility import Alias, Area, AreaAlias, FacilitySpell
from healthstats.intake.letters.text import fold
from healthstats.intake.shortened import written_out

_Spell = tuple[str, str, date | None, date | None]
_Bearer = tuple[str, date, date]
_INITIALS = re.compile(r"\b([a-z]) (?=[a-z]\b|\d)")
_AREA_KIND = re.compile(r"^(?:thanh pho|tinh|tp|t) (?=.)")
_CODE_FIRST = re.compile(r"\s*(\S+?)\s*[-–—:_|.]\s*(\S.*)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
MOST_SUGGESTIONS = 3
LEAST_SCORE = 60
MOST_SCORE = 99
"""A name that is the register's but for its abbreviations: near, and for a person to say."""
SAME_NAME = 50
"""A name below this score is no abbreviation of the other: `BV quận 2 (cơ sở chính)` reaches 59."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`score` is 0 to 100."""

    code: str
    name: str
    score: int


@dataclass(frozen=True, slots=True)
class Match:
    """`code` of the one facility (or area) meant, else None with `fault`: UNKNOWN_FACILITY, AMBIGUOUS_FACILITY or
    FACILITY_CONTRADICTS, and at most three suggestions. `unlike` is the register's name of a code whose name in the
    file is quite another; `followed` the code that the file means, where the one that succeeded it, or that it
    succeeded, was open on the day and it was not."""

    code: str | None
    fault: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    unlike: str = ""
    followed: str = ""


@dataclass(frozen=True)
class NameIndex:
    """The names of a register, folded when they are first asked for: a night on which nothing new came in asks for
    none, and folds no thousand names."""

    _spells: Sequence[_Spell]
    _aliases: Sequence[tuple[str, str]]
    areas: bool = False

    @classmethod
    def of(cls, facilities: Iterable[FacilitySpell], aliases: Iterable[Alias]) -> NameIndex:
        """All names that a facility ever had lead to it, and its aliases."""
        spells = [(one.name, one.facility, one.valid_from, one.valid_to) for one in facilities]
        return cls(spells, [(alias.alias, alias.facility) for alias in aliases])

    @classmethod
    def of_areas(cls, areas: Iterable[Area], aliases: Iterable[AreaAlias], on: date | None) -> NameIndex:
        """The areas of that day alone, as codes are used again: 24 was Bắc Giang and is Bắc Ninh. `Tỉnh`, `Thành phố`
        and `TP.` may be left out."""
        areas = tuple(areas)
        then = tuple(area for area in areas if on is None or area.level == "country" or area.in_force(on))
        if all(area.level == "country" for area in then):
            then = areas
        written: dict[str, list[str]] = defaultdict(list)
        for alias in aliases:
            written[alias.name].append(alias.alias)
        spells: list[_Spell] = [(one.name, one.area, one.valid_from, one.valid_to) for one in then]
        others = [(name, one.area) for one in then for name in (_bare(name_key(one.name)), *written[one.name])]
        return cls(spells, others, areas=True)

    @cached_property
    def spelling(self) -> dict[str, str]:
        """Code → the name it bears last."""
        return {code: name for name, code, _, _ in self._spells}

    @cached_property
    def fitting(self) -> dict[str, tuple[_Bearer, ...]]:
        """Folded name → the codes that bear it, each with the dates between which it does."""
        fitting: dict[str, list[_Bearer]] = defaultdict(list)
        times: dict[str, list[_Bearer]] = defaultdict(list)
        for name, code, first, last in self._spells:
            bearer = (code, first or date.min, last or date.max)
            fitting[name_key(name)].append(bearer)
            times[code].append(bearer)
        for alias, code in self._aliases:
            fitting[name_key(alias)] += times.get(code, [])
        return {key: tuple(bearers) for key, bearers in fitting.items() if key and bearers}

    def match(self, code: str, name: str, on: date | None) -> Match:
        """`code` and `name` as the file gives them, '' where it gives none; `on` is the period's last day.

        A code that the register lacks never falls back on the name: another facility may bear the same."""
        code, name = self._apart(code.strip(), name.strip())
        found = self._meant(code, name, on)
        unknown = found.fault == "UNKNOWN_FACILITY"
        return replace(found, suggestions=self._suggest(code, name)) if unknown else found

    def _meant(self, code: str, name: str, on: date | None) -> Match:
        named = self._bearers(name, on)
        if code:
            known = (code,) if code in self.spelling else self._bearers(code, on)
            if len(known) != 1:
                # an alias may be all that was written: both columns, as the finding shows them
                told = self._bearers(f"{code} {name}", on)
                return Match(told[0]) if len(told) == 1 else Match(None, "UNKNOWN_FACILITY")
            # an area's code was another's once, and their names may be alike: `24 Tỉnh Bắc Giang` is not Bắc Ninh
            if (named or (name and self.areas)) and known[0] not in named:
                return Match(None, "FACILITY_CONTRADICTS", self._certain(known + named))
            return Match(known[0], unlike="" if named or not name else self._unlike(known[0], name))
        if len(named) == 1:
            return Match(named[0])
        if named:
            return Match(None, "AMBIGUOUS_FACILITY", self._certain(named))
        return Match(None, "UNKNOWN_FACILITY")

    def known(self, code: str, name: str) -> Match:
        """As `match` on any day, but it suggests nothing: that walks the register, and much of what is asked here is a
        heading or a signature."""
        return self._meant(*self._apart(code.strip(), name.strip()), None)

    def named_in(self, text: str) -> str:
        """The one code, else the bearer of the longest name, that a text holds word for word; '' for none or several.
        A word alone is no name."""
        words = _WORD.findall(unicodedata.normalize("NFC", text))
        codes = {word for word in words if word in self.spelling and not word.isalpha()}
        if codes:
            return codes.pop() if len(codes) == 1 else ""
        for size in range(len(words), 1, -1):
            keys = {name_key(" ".join(words[at : at + size])) for at in range(len(words) - size + 1)}
            bearers = {code for key in keys for code, _, _ in self.fitting.get(key, ())}
            if bearers:
                return bearers.pop() if len(bearers) == 1 else ""
        return ""

    def changes_hands(self, code: str, name: str) -> bool:
        """Whether who is meant may depend on the day: where several ever bore what is written."""
        written = self._apart(code.strip(), name.strip())
        return any(len(self.fitting.get(name_key(text), ())) > 1 for text in written if text)

    def bearers(self, written: str) -> tuple[str, ...]:
        """The codes of all that ever bore the name, or that are this code."""
        return (written,) if written in self.spelling else self._bearers(written, None)

    def called(self, codes: Iterable[str]) -> list[str]:
        """Codes with their names, for people."""
        return [f"{code} {self.spelling[code]}" for code in codes]

    def _bearers(self, name: str, on: date | None) -> tuple[str, ...]:
        """Who bears a name on that day; if nobody does, who ever did."""
        ever = next((self.fitting[key] for key in self._keys(name) if key in self.fitting), ())
        then = [code for code, first, last in ever if on is None or first <= on <= last]
        return tuple(dict.fromkeys(then or [code for code, _, _ in ever]))

    def _keys(self, name: str) -> tuple[str, ...]:
        """The whole name before the bare one: a province and its capital may differ in nothing else."""
        key = name_key(name)
        return (key, _bare(key)) if self.areas else (key,)

    def _apart(self, code: str, name: str) -> tuple[str, str]:
        """`79001 - BV Quận 1` in either column is a code and a name; so is a code where a name is wanted."""
        if not code and name in self.spelling:
            return name, ""
        for text in (code, name):
            split = _CODE_FIRST.fullmatch(text)
            if split and text not in self.spelling and split[1] in self.spelling and code in ("", text):
                return split[1], name if text == code and name else split[2]
        return code, name

    def _unlike(self, code: str, name: str) -> str:
        # imported here: rapidfuzz is needed only where a name is not the register's
        from rapidfuzz import fuzz

        key, spelt = name_key(name), self.spelling[code]
        # the other names and the aliases are looked for only where the first is far off: that walks the register
        if not key or fuzz.token_ratio(key, name_key(spelt)) >= SAME_NAME:
            return ""
        own = (other for other, bearers in self.fitting.items() if any(bearer == code for bearer, _, _ in bearers))
        return "" if any(fuzz.token_ratio(key, other) >= SAME_NAME for other in own) else spelt

    def _certain(self, codes: tuple[str, ...]) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(code, self.spelling[code], 100) for code in codes[:MOST_SUGGESTIONS])

    def _suggest(self, code: str, name: str) -> tuple[Suggestion, ...]:
        # imported here: rapidfuzz is needed only where a file names someone unknown
        from rapidfuzz import fuzz, process

        # a spreadsheet that takes a code for a number drops its leading zeros; it may stand where names do
        written = (code or name).upper()
        scores = dict.fromkeys((known for known in self.spelling if _is_code(written, known.upper())), 95)
        key = written_out(self._keys(name)[-1])
        spelt = {known: written_out(known) for known in self.fitting}
        near = process.extract(key, spelt, scorer=fuzz.WRatio, limit=10, score_cutoff=LEAST_SCORE) if key else ()
        for _, score, found in near:
            for candidate, _, _ in self.fitting[found]:
                scores[candidate] = max(scores.get(candidate, 0), min(round(score), MOST_SCORE))
        best = sorted(scores, key=lambda candidate: (-scores[candidate], candidate))[:MOST_SUGGESTIONS]
        return tuple(Suggestion(candidate, self.spelling[candidate], scores[candidate]) for candidate in best)


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """The key of a name: folded, and initials joined, so that `TP. H.C.M` is `TP HCM` and `BV Q.1` is `BV Q1`."""
    return _INITIALS.sub(r"\1", fold(text))


def _is_code(written: str, known: str) -> bool:
    return written == known or (known[:1] == "0" and written != "" and written == known.lstrip("0"))


def _bare(key: str) -> str:
    return _AREA_KIND.sub("", key)
