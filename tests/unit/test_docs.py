"""Words are tested: what is promised in the documents is what the program has."""

from __future__ import annotations

import pkgutil
import re
import string
import subprocess
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from healthstats import words
from healthstats.words import CATALOGUE, LANGUAGES, findings
from healthstats.words.page import findings_page

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = (
    "init",
    "demo",
    "register import",
    "alias",
    "ingest",
    "status",
    "findings",
    "template",
    "transform",
    "show",
    "publish",
    "query",
    "verify",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"healthstats (-w \S+ )?{command}\b", README)


def test_the_findings_page_is_the_catalogue() -> None:
    assert (ROOT / "docs" / "findings.md").read_text("utf-8") == findings_page()


def test_every_finding_raised_has_a_sentence_and_a_title() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "healthstats" / "intake").rglob("*.py"))
    raised = set(
        re.findall(r'(?:Finding\(\s*|code=|_finding\(\s*|judged\.(?:report|cells)\(\s*)"([A-Z][A-Z_]+)"', source)
    )
    assert raised
    assert {code for code in raised if f"finding.{code}" not in findings.SENTENCES} == set()
    assert {code for code in raised if f"title.{code}" not in findings.SENTENCES} == set()


def test_every_error_raised_has_a_sentence() -> None:
    raised = {
        key
        for path in (ROOT / "healthstats").rglob("*.py")
        for key in re.findall(r'(?:Error|Busy|Failure|Unknown|Store|Place)\(\s*"([a-z_]+)"', path.read_text("utf-8"))
    }
    assert raised
    assert {key for key in raised if f"error.{key}" not in CATALOGUE} == set()


def test_no_sentence_hides_another_of_the_same_key() -> None:
    rooms = [import_module(f"healthstats.words.{room.name}") for room in pkgutil.iter_modules(words.__path__)]
    keys = Counter(key for room in rooms for key in getattr(room, "SENTENCES", {}))
    assert set(keys) == set(CATALOGUE)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_are_filled_with_the_same_things(key: str) -> None:
    said = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in CATALOGUE[key]]
    # `{left_vi}` stands for `{left_en}`: a name in the sentence's own language
    places = [{name.removesuffix(f"_{lang}") for name in names} for names, lang in zip(said, LANGUAGES, strict=True)]
    assert len(said) == len(LANGUAGES)
    assert places[0] == places[1]


def test_make_help_lists_every_target_with_words() -> None:
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True).stdout
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    for target in phony.split():
        assert re.search(rf"^make {target} +\S", told, re.MULTILINE)


def test_every_test_that_the_fault_matrix_names_is_there() -> None:
    """A `::name` belongs to the file named before it."""
    text = (ROOT / "docs" / "faults.md").read_text("utf-8")
    named = re.findall(r"((?:faults|workflows|unit|submissions|golden|fuzz)/test_\w+\.py)|::(test_\w+)", text)
    assert len(named) > 60
    code, gone = "", []
    for file, test in named:
        code = (ROOT / "tests" / file).read_text("utf-8") if file else code
        gone += [test] if test and f"def {test}(" not in code else []
    assert gone == []
