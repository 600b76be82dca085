"""Why records of a long CSV are not taken: once a reason, with their number and the first line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from healthstats.domain.finding import Finding
from healthstats.domain.reading import cell_name


@dataclass(slots=True)
class Problem:
    """Records that fail for one reason: their number and the line of the first."""

    finding: Finding
    role: str
    records: int = 0
    line: int = 0

    def hit(self, line: int, records: int = 1) -> None:
        self.records += records
        self.line = self.line or line

    def told(self, columns: dict[str, int]) -> Finding:
        column = next((columns[role] for role in (self.role, "facility.code", "facility.name") if role in columns), 1)
        params = {**self.finding.params, "records": self.records}
        return replace(self.finding, cell=cell_name(self.line, column), params=params)


@dataclass(slots=True)
class Problems:
    """Problems by number, below zero: so that a look-up gives either what was found or why not."""

    known: list[Problem] = field(default_factory=list)
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def enter(self, role: str, finding: Finding) -> int:
        """An unknown facility is one problem, however many months it sends."""
        same = (role, finding.code, finding.text, *map(str, finding.params.values()))
        if same not in self.numbers:
            self.known.append(Problem(finding, role))
            self.numbers[same] = -len(self.known)
        return self.numbers[same]

    def told(self, columns: dict[str, int]) -> list[Finding]:
        """In the order of their first lines."""
        met = sorted((problem for problem in self.known if problem.records), key=lambda problem: problem.line)
        return [problem.told(columns) for problem in met]

    def __getitem__(self, number: int) -> Problem:
        return self.known[-number - 1]
