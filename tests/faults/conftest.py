from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def inbox(tmp_path: Path) -> list[Path]:
    """Four submissions of one facility each; the last holds a value that is no number."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    files = []
    for number, value in enumerate(["100", "250", "0", "12 ?"], start=1):
        file = folder / f"{number}.csv"
        file.write_text(f"7900{number},2023-01,outpatient_visits,{value}\n7900{number},2023-01,inpatient_stays,3\n")
        files.append(file)
    return files
