"""What a finding calls an element, a form or a value: as each language has it, for the sentence of that language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthstats.domain.element import Element
from healthstats.domain.figure import written
from healthstats.domain.form import Form
from healthstats.words import LANGUAGES


def called_elements(place: str, codes: Iterable[str], elements: Mapping[str, Element]) -> dict[str, str]:
    """`{place}_vi` and `{place}_en`: the names of the elements, joined by a plus."""
    codes = tuple(codes)
    return {f"{place}_{lang}": " + ".join(_name(code, lang, elements) for code in codes) for lang in LANGUAGES}


def called_value(place: str, value: int) -> dict[str, str]:
    """`{place}_vi` and `{place}_en`: ten-thousandths as each language writes them, `1.234` and `1,234`."""
    digits = next(digits for digits in range(5) if value % 10 ** (4 - digits) == 0)
    return {f"{place}_{lang}": written(value // 10 ** (4 - digits), digits, lang) for lang in LANGUAGES}


def called_form(form: Form) -> dict[str, str]:
    """`form_vi` and `form_en`: `Biểu 9/BCT`, without what follows its colon."""
    return {f"form_{lang}": form.name.get(lang, form.form).partition(":")[0] for lang in LANGUAGES}


def _name(code: str, lang: str, elements: Mapping[str, Element]) -> str:
    return elements[code].name.get(lang, code) if code in elements else code
