"""The same store gives the same bytes in any zone, locale and number of threads, and cron may start us in any."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import whole
from tests.faults.tally import Tally

ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/Lima")
LOCALES = {"C": "", "tr_TR": "ISO-8859-9", "vi_VN": "UTF-8"}
"""Of Turkish the charmap that it has where nobody says more: there is no Vietnamese in it."""
THREADS = (1, 2, 8)
HEAD = "facility,period,element,value\n"
WITH_THREADS = """
import sys
from healthstats.transform import build
threads, connect = int(sys.argv.pop(1)), build._connect
build._connect = lambda spill, _: connect(spill, threads)
from healthstats.cli import main
main()
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real ones: a name that the system does not have means C, and nothing would be tried."""
    folder = tmp_path_factory.mktemp("locales")
    if not shutil.which("localedef"):
        pytest.skip("no localedef on this machine")
    for name, charmap in LOCALES.items():
        command = ["localedef", "-i", name, "-f", charmap, str(folder / name)]
        if charmap and subprocess.run(command, capture_output=True).returncode > 1:
            pytest.skip(f"localedef makes no {name} here")
    return folder


def by_cron(
    locales: Path, zone: str, locale: str, threads: int, *words: str | Path
) -> subprocess.CompletedProcess[str]:
    """The command in the bare environment that cron gives, without a terminal."""
    place = {"TZ": zone, "LC_ALL": locale, "LOCPATH": str(locales), "HOME": "/"}
    environment = {"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).parents[2]), **place}
    command = [sys.executable, "-c", WITH_THREADS, str(threads), *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, stdin=subprocess.DEVNULL)


def published(base: Path, locales: Path, zone: str, locale: str, threads: int) -> dict[str, bytes]:
    """Page and workbook of 2023, from marts built anew."""
    shutil.rmtree(base / "data" / "processed" / "marts", ignore_errors=True)
    folder = base / "out"
    words = ("publish", "annual", "2023", "--to", "html,xlsx", "-o", folder)
    done = by_cron(locales, zone, locale, threads, "-w", base, *words)
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    shutil.rmtree(folder)
    return made


def stored(base: Path, facilities: int, files: int) -> None:
    """Three years of all elements, in so many runs: DuckDB divides its work by files and by groups of rows."""
    base.mkdir()
    elements = sorted(whole.workspace_around(base / "data").definitions.elements)[:21]
    with (base / "pipelines" / "registers" / "facilities.csv").open("a", encoding="utf-8") as register:
        register.writelines(f"{79100 + k},Cơ sở {k},,công lập,bệnh viện,tỉnh,,,,\n" for k in range(facilities))
    for number in range(files):
        rows = (
            f"{79100 + facility},{2021 + month // 12}-{month % 12 + 1:02d},{element},{(7 * facility + month) % 97}\n"
            for facility in range(number, facilities, files)
            for month in range(36)
            for element in elements
        )
        (base / f"{number}.csv").write_text(HEAD + "".join(rows))
        whole.ingest(base / "data", [base / f"{number}.csv"])


def test_three_zones_locales_and_numbers_of_threads_give_the_same_bytes(tmp_path: Path, locales: Path) -> None:
    stored(tmp_path / "base", 6, 3)
    places = zip(ZONES, LOCALES, reversed(THREADS), strict=True)
    made = [published(tmp_path / "base", locales, *place) for place in places]
    assert sorted(made[0]) == ["annual-2023.html", "annual-2023.xlsx"]
    assert made[0] == made[1] == made[2]


@pytest.mark.campaign
def test_publications_of_27_places(tmp_path: Path, locales: Path, tally: Tally) -> None:
    tally.right = "same bytes"
    stored(tmp_path / "base", 240, 4)
    first = published(tmp_path / "base", locales, "UTC", "C", 1)
    for place in itertools.product(ZONES, LOCALES, THREADS):
        made = published(tmp_path / "base", locales, *place)
        tally.add(place, made == first, [] if made == first else ["other bytes"])


def test_in_a_locale_without_vietnamese_names_arguments_and_screens_are_what_they_are(
    tmp_path: Path, locales: Path
) -> None:
    """Every command ended in a traceback, help too; a name would have been stored as other letters."""
    whole.workspace_around(tmp_path / "base" / "data")
    file = tmp_path / "Báo cáo của Bệnh viện Ưu Đàm.csv"
    file.write_text(f"{HEAD}79001,2023-01,outpatient_visits,5\n79001,2023-02,outpatient_visits,năm\n", "utf-8")
    base = ("-w", tmp_path / "base")
    taken = by_cron(locales, "UTC", "tr_TR", 1, *base, "ingest", file)
    assert (taken.returncode, f"{file.name} › D3" in taken.stdout) == (10, True), taken.stderr
    select = "select name, text from findings join submissions using (submission) where name like '%Ưu Đàm%'"
    shown = by_cron(locales, "UTC", "C", 1, *base, "query", select, "--format", "csv")
    assert (shown.returncode, shown.stdout) == (0, f"name,text\n{file.name},năm\n"), shown.stderr
