"""Any history of submissions, resends, corrections, crashes and retries ends as a model of forty lines says."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from healthstats.transform import build_marts
from healthstats.workflows.ingest import ingest
from healthstats.workflows.news import Request
from tests.faults import death, whole
from tests.faults.checker import check, snapshot
from tests.faults.tally import Tally

ELEMENTS = ("outpatient_visits", "inpatient_stays")
LATE = "79009"
"""A facility that is not in the register at first."""
Cells = dict[str, int | None]


@dataclass(frozen=True)
class Sent:
    """A long CSV of one facility and month; a value of None is written `?`, which is no number."""

    facility: str
    month: str
    revision: int
    values: tuple[tuple[str, int | None], ...]

    @property
    def text(self) -> str:
        rows = [f"{self.facility},{self.month},{element},{'?' if v is None else v}\n" for element, v in self.values]
        # the same figures under another revision are other bytes: a file known by its bytes keeps its first name
        return "facility,period,element,value\n" + "".join(rows) + "\n" * self.revision

    @property
    def name(self) -> str:
        return f"BC sua lan {self.revision}.csv"


@dataclass
class Model:
    """Every file in the order of its first arrival, with its first run and its latest judgement: {} is refused."""

    registered: set[str]
    first: dict[Sent, int] = field(default_factory=dict)
    judged: dict[Sent, Cells] = field(default_factory=dict)
    by: dict[Sent, int] = field(default_factory=dict)
    runs: int = 0

    def news(self, files: list[Sent]) -> list[Sent]:
        """What is judged: bytes never seen, and bytes not accepted once the register is another."""
        waiting = {sent for sent in self.waiting() if self.by[sent] != len(self.registered)}
        return [sent for sent in dict.fromkeys(files) if sent not in self.judged or sent in waiting]

    def waiting(self) -> list[Sent]:
        return [sent for sent, cells in self.judged.items() if not cells or None in cells.values()]

    def take_in(self, files: list[Sent]) -> None:
        """One run. Two files that first came together, of one revision, must not differ in what both hold."""
        self.runs += bool(files)
        for sent in files:
            self.first.setdefault(sent, self.runs)
            self.by[sent] = len(self.registered)
            self.judged[sent] = dict(sent.values) if sent.facility in self.registered else {}
        for one, other in ((one, other) for one in files for other in files if self._rivals(one, other)):
            mine, theirs = dict(one.values), dict(other.values)
            shared = mine.keys() & theirs.keys() & self.judged[one].keys()
            if any(mine[element] != theirs[element] for element in shared):
                self.judged[one] |= dict.fromkeys(shared)

    def _rivals(self, one: Sent, other: Sent) -> bool:
        return all(
            one_of == of_other
            for one_of, of_other in zip(
                (one.facility, one.month, one.revision, self.first[one]),
                (other.facility, other.month, other.revision, self.first[other]),
                strict=True,
            )
        )

    def current(self) -> dict[tuple[str, str, str], int | None]:
        """The highest revision, then the latest first arrival; a file of which nothing holds puts nothing aside."""
        cells: dict[tuple[str, str, str], int | None] = {}
        for sent, judged in sorted(self.judged.items(), key=lambda entry: entry[0].revision):
            if any(value is not None for value in judged.values()):
                cells |= {(sent.facility, sent.month, element): value for element, value in judged.items()}
        return cells


SENT = st.builds(
    Sent,
    facility=st.sampled_from(["79001", "79002", LATE]),
    month=st.sampled_from(["2023-01", "2023-02"]),
    revision=st.sampled_from([0, 0, 0, 1, 2]),
    values=st.dictionaries(st.sampled_from(ELEMENTS), st.one_of(st.integers(0, 3), st.none()), min_size=1).map(
        lambda values: tuple(values.items())
    ),
)
BATCHES = st.lists(SENT, min_size=1, max_size=3)


class History(RuleBasedStateMachine):
    tally = Tally("histories")

    def __init__(self) -> None:
        super().__init__()
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self.base = Path(tempfile.mkdtemp(prefix="healthstats-faults-", dir=memory))
        self.data = self.base / "data"
        self.model = Model({"79001", "79002"})
        self.last: list[Sent] = []
        self.acknowledged: set[str] = set()
        self.before: dict[str, str] = {}

    def teardown(self) -> None:
        try:
            assert self.current() == self.model.current()
        finally:
            shutil.rmtree(self.base)

    def written(self, files: list[Sent]) -> list[Path]:
        """Each in a folder of its own: the file's name is where its revision is declared."""
        paths = [self.base / "sent" / str(number) / sent.name for number, sent in enumerate(files)]
        for path, sent in zip(paths, files, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(sent.text)
        return paths

    @rule(files=BATCHES)
    def submit(self, files: list[Sent]) -> None:
        self.last = files
        self.taken(whole.ingest(self.data, self.written(files)))

    @precondition(lambda self: self.last)
    @rule()
    def rerun(self) -> None:
        self.submit(self.last)

    @precondition(lambda self: self.model.judged)
    @rule(places=st.lists(st.integers(0, 99), min_size=1, max_size=2))
    def resend(self, places: list[int]) -> None:
        known = list(self.model.judged)
        self.submit([known[place % len(known)] for place in places])

    @rule(files=BATCHES, step=st.integers(1, 70), half=st.booleans())
    def crash(self, files: list[Sent], step: int, half: bool) -> None:
        self.last = files
        whole.workspace_around(self.data)
        self.taken(death.killed_at_step(whole.ingest, self.data, self.written(files), step, half))

    @precondition(lambda self: LATE not in self.model.registered)
    @rule()
    def register(self) -> None:
        path = whole.workspace_around(self.data).register
        with path.open("a", encoding="utf-8") as register:
            register.write(f"{LATE},Cơ sở muộn,,công lập,bệnh viện,tỉnh,,,,\n")
        self.model.registered.add(LATE)

    @precondition(lambda self: self.model.judged)
    @rule()
    def retry(self) -> None:
        again = self.model.waiting()
        ingest(whole.workspace_around(self.data), Request(retry=True, workers=1))
        self.model.take_in(again)
        self.holds(True)

    def taken(self, answer: str) -> None:
        """Who was killed has answered for nothing, and his run stands or not: the model follows what stands."""
        self.acknowledged |= set(answer.split()[1:])
        if answer or self.stored() > self.model.runs:
            self.model.take_in(self.model.news(self.last))
        self.holds(answer != "")

    def stored(self) -> int:
        runs = self.data / "processed" / "runs"
        return len(list(runs.iterdir())) if runs.is_dir() else 0

    def holds(self, answered: bool) -> None:
        faults = check(self.data, self.acknowledged, self.before)
        self.tally.add(self.tally.tried, answered, faults)
        assert faults == []
        assert self.stored() == self.model.runs
        self.before = snapshot(self.data)

    def current(self) -> dict[tuple[str, str, str], int | None]:
        workspace = whole.workspace_around(self.data)
        runs = {run.number: run.tables for run in workspace.store.runs()} if self.model.runs else {}
        if not runs:
            return {}
        build_marts(runs, workspace.definitions, self.base, marts=["current_observations"])
        rows = pq.read_table(self.base / "current_observations.parquet").to_pylist()
        return {(row["facility"], row["period"], row["element"]): row["value"] for row in rows}


def play(histories: int, steps: int, chosen: int) -> None:
    """So many histories of so many steps; the same for the same `chosen`."""
    bounds = settings(
        max_examples=histories,
        stateful_step_count=steps,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = type("ChosenHistory", (History,), {})
    run_state_machine_as_test(seed(chosen)(machine), settings=bounds)


def test_every_history_ends_as_the_model_says() -> None:
    play(6, 7, 0)


@pytest.mark.campaign
@pytest.mark.parametrize("piece", range(1, 7))
def test_histories(piece: int, tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(History, "tally", tally)
    play(10, 10, piece)
