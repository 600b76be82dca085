"""The example of docs/forms.md is a definition that loads, and it reads the sheet that the page draws."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from healthstats.definitions import load, shipped_pipelines
from healthstats.domain.definitions import Definitions
from healthstats.domain.facility import FacilitySpell
from healthstats.domain.form import PLACEHOLDERS, ROLES
from healthstats.intake import read_submission
from tests.submissions.bands import Page, book_xlsx
from tests.submissions.bieu9 import codes, context

PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text("utf-8")
STATIONS = ("Trạm Y tế Bến Nghé", "Trạm Y tế Đa Kao")


@pytest.fixture
def known(tmp_path: Path) -> Definitions:
    (blocks,) = ([*re.findall(r"^`pipelines/(\S+)`:\n\n```\w+\n(.*?)```$", PAGE, re.DOTALL | re.MULTILINE)],)
    (tmp_path / "healthstats.toml").write_text("", "utf-8")
    shutil.copytree(shipped_pipelines() / "registers", tmp_path / "pipelines" / "registers")
    assert len(blocks) == 2
    for name, text in blocks:
        path = tmp_path / "pipelines" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    spells = tuple(FacilitySpell(name, name, None, None, None, None, None, {}) for name in STATIONS)
    return replace(load(tmp_path), facilities=spells)


def test_the_page_s_form_reads_the_page_s_sheet(known: Definitions) -> None:
    months = [(f"Tháng {month}", label) for month in (1, 2) for label in ("Số trẻ", "Số mũi")]
    paths = [("STT",), ("Trạm y tế",), *months, ("Cả năm", "Số trẻ"), ("Cả năm", "Số mũi")]
    rows = [
        [1, STATIONS[0], 12, 20, 9, 15, 21, 35],
        [2, STATIONS[1], 7, 9, "", "", 7, 9],
        ["", "Tổng cộng", 19, 29, 9, 15, 28, 44],
    ]
    page = Page(paths, rows, title=("Sở Y tế", "TIÊM CHỦNG TRẺ EM NĂM 2024", ""))
    reading = read_submission("x.xlsx", book_xlsx(page), context(known))
    assert codes(reading) == []
    assert [(one.facility, one.period) for one in reading.reports] == [
        (STATIONS[0], "2024-01"),
        (STATIONS[0], "2024-02"),
        (STATIONS[1], "2024-01"),
    ]
    assert (reading.counts.accepted, reading.counts.blank, reading.counts.checked) == (6, 2, 10)


def test_every_key_and_role_of_the_language_is_on_the_page() -> None:
    source = (Path(__file__).parents[2] / "healthstats" / "definitions" / "forms.py").read_text("utf-8")
    keys = re.findall(r'(?:texts?|number|flag|choice|day|tables?|paths|names|has)\(\s*"(\w+)"', source)
    asked = {*keys, *ROLES, *PLACEHOLDERS}
    assert len(asked) > 40
    assert {word for word in asked if not re.search(rf"[`\[{{]{re.escape(word)}[`\]}}]", PAGE)} == set()
