"""How files travel: as they are, each in a mail, or several in one archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from healthstats.domain.period import Period
from healthstats.synthetic import evidence, faults
from healthstats.synthetic.packing import eml, msg, zipped
from healthstats.synthetic.senders import Sender
from healthstats.synthetic.sheet import MARK

ARROW = " › "


@dataclass(frozen=True, slots=True)
class File:
    """`path` lies under the inbox. `said` are the codes of the findings that ingest must have of it, None where it
    passes the file over; `inside` are those of the files in it, by their name there."""

    path: str
    data: bytes
    arrived: datetime
    said: frozenset[str] | None = frozenset()
    inside: Mapping[str, frozenset[str] | None] = field(default_factory=dict)


def posted(month: Period, sent: Iterable[tuple[Sender, File]]) -> Iterator[File]:
    """As the files travel: as they are, each in a mail, or packed in one archive a month."""
    packed: list[File] = []
    nested: list[File] = []
    for sender, file in sent:
        if sender.via == "mail":
            yield _mailed(sender, month, file)
            if faults.of_file(sender.key, month.code) == "copied":
                yield file
        elif sender.via == "plain":
            yield file
        else:
            (packed if sender.via == "zip" else nested).append(file)
    yield _archive(month, packed, nested)


def _mailed(sender: Sender, month: Period, file: File) -> File:
    """The mail was saved on the 25th; its own date says when it was sent."""
    folder, _, name = file.path.partition("/")
    by_outlook = faults.of_file(sender.key, month.code) == "by Outlook"
    write, suffix = (msg, "msg") if by_outlook else (eml, "eml")
    subject = f"Báo cáo tháng {month.index}/{month.year}: {sender.name(month.end)} ({MARK})"
    text = f"Kính gửi Sở Y tế,\nĐơn vị gửi báo cáo tháng {month.index} năm {month.year}. {MARK}.\n"
    return File(
        path=f"{folder}/{name.rpartition('.')[0]}.{suffix}",
        data=write(subject, file.arrived, text, {name: file.data}),
        arrived=day_after(month, 25),
        said=frozenset({"CONTAINER_OPENED"}),
        inside={name: file.said},
    )


def _archive(month: Period, packed: list[File], nested: list[File]) -> File:
    inner = f"Cơ sở 2 - {MARK}.zip"
    within = {f"{inner}{ARROW}{_name(file)}": file.said for file in nested}
    clutter = {f"~${_name(packed[0])}": evidence.lock_file(), "Thumbs.db": evidence.lock_file()}
    return File(
        path=f"{month.year}/BC_T{month.index:02d}_{month.year} Hội Bệnh viện tư nhân Mô phỏng - {MARK}.zip",
        data=zipped(
            {_name(file): file.data for file in packed}
            | {inner: zipped({_name(file): file.data for file in nested})}
            | clutter
        ),
        arrived=packed[0].arrived,
        said=frozenset({"CONTAINER_OPENED", "CLUTTER_LEFT_OUT"}),
        inside={_name(file): file.said for file in packed} | within,
    )


def _name(file: File) -> str:
    return file.path.rpartition("/")[2]


def day_after(month: Period, day: int) -> datetime:
    """Nine in the morning in Việt Nam on that day of the month that follows."""
    following = month.end + timedelta(days=day)
    return datetime(following.year, following.month, following.day, 2, tzinfo=UTC)
