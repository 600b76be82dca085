"""Files judged again: their bytes as they were received, and those that have to be judged with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from healthstats.intake import Hints
from healthstats.store import KnownSubmission, Store
from healthstats.workflows.arrivals import LARGE, Arrival


def from_archive(store: Store, submission: str, before: KnownSubmission) -> Arrival:
    """A file as it came; DamagedStore where its bytes are gone or changed."""
    is_large = before.media == "csv" and before.size > LARGE
    large = store.archived_path(submission, before.media) if is_large else None
    data = b"" if is_large else store.archived(submission, before.media)
    return Arrival(before.name, data, submission, before.received_at, Hints.from_text(before.hints), large)


def rivals(store: Store, known: Mapping[str, KnownSubmission], judged: Collection[str]) -> Iterator[Arrival]:
    """The files that came with one judged again and are in conflict: judged alone it would win, and nobody would have
    decided so."""
    again = known.keys() & set(judged)
    held = store.in_conflict() if again else frozenset()
    runs = {known[submission].first_run for submission in again & held}
    for submission, before in known.items():
        if submission in held and submission not in again and before.first_run in runs:
            yield from_archive(store, submission, before)
