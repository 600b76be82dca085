"""Files judged again: their bytes as they were received, and those that have to be judged with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from healthstats.domain.reading import Reading, Submission
from healthstats.intake import Hints, report_key
from healthstats.store import Held, KnownSubmission, Store
from healthstats.workflows.arrivals import LARGE, Arrival

Judged = list[tuple[Submission, Reading]]
Aside = Callable[[str, Reading], frozenset[int]]
"""The numbers of a submission's reports that a person has passed over."""


def from_archive(store: Store, submission: str, before: KnownSubmission) -> Arrival:
    """A file as it came; DamagedStore where its bytes are gone or changed."""
    is_large = before.media == "csv" and before.size > LARGE
    large = store.archived_path(submission, before.media) if is_large else None
    data = b"" if is_large else store.archived(submission, before.media)
    return Arrival(before.name, data, submission, before.received_at, Hints.from_text(before.hints), large)


def beside_rivals(
    judged: Judged,
    store: Store,
    known: Mapping[str, KnownSubmission],
    aside: Aside,
    read: Callable[[Iterator[Arrival]], Judged],
) -> Judged:
    """What was judged, then every stored file that first came with one of these and holds a report of its, taken in or
    not, as `read` judges it: alone a file understood late would win over it, and nobody would have decided so. Their
    own rivals follow: judged without them, one in conflict would win."""
    found, fresh = [*judged], judged
    while any(file.submission in known for file, _ in fresh):
        rivals = store.rivals(_held(fresh, known, aside), {file.submission for file, _ in found})
        fresh = read(from_archive(store, code, before) for code, before in known.items() if code in rivals)
        found += fresh
    return found


def _held(judged: Judged, known: Mapping[str, KnownSubmission], aside: Aside) -> Iterator[Held]:
    for file, reading in judged:
        if before := known.get(file.submission):
            passed = aside(file.submission, reading)
            for number, report in enumerate(reading.reports):
                if number not in passed:
                    yield report_key(report), report.declared_revision, before.first_run
