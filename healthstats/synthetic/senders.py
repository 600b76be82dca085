"""Who sends which facilities' figures, in which layout, and how the file travels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from healthstats.synthetic.facilities import FACILITIES, STATIONS, SUMMED

Layout = Literal["xlsx", "xls", "long", "wide"]
Via = Literal["plain", "mail", "zip", "zip in zip"]


@dataclass(frozen=True, slots=True)
class Sender:
    """The facilities stand in the file in the order of `codes`. `coded`: the sheet has a column of codes; `aliases`:
    it names facilities in short; `yearly`: in these years one workbook with a sheet a month comes after the year."""

    codes: tuple[str, ...]
    layout: Layout = "xlsx"
    group: str = ""
    via: Via = "plain"
    coded: bool = False
    aliases: bool = False
    yearly: tuple[int, ...] = ()
    encoding: str = "utf-8"

    @property
    def key(self) -> str:
        """Its first facility: what its faults are planted under."""
        return self.codes[0]

    def name(self, day: date) -> str:
        return self.group or FACILITIES[self.key].name(day)


def _codes(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(code) for code in range(first, last + 1))


def _single(first: int, last: int, layout: Layout = "xlsx", via: Via = "plain") -> Iterator[Sender]:
    return (Sender((code,), layout, via=via) for code in _codes(first, last))


def _stations(centre: int) -> tuple[str, ...]:
    """The stations of the centre's district."""
    if centre == 6:
        return (SUMMED,)
    first = 79041 + (centre - 1) * STATIONS
    return _codes(first, first + STATIONS - 1)


SENDERS: tuple[Sender, ...] = (
    *_single(79001, 79006),
    *_single(79007, 79009, "xls"),
    *_single(79010, 79012, via="mail"),
    Sender(_codes(79013, 79018), group="Phòng Nghiệp vụ Y Mô phỏng"),
    Sender(_codes(79019, 79022), group="Khối bệnh viện bộ ngành Mô phỏng", coded=True),
    *_single(79023, 79026, via="zip"),
    *_single(79027, 79028, "xls", via="zip in zip"),
    *(Sender((code,), "xls", yearly=(2020, 2021)) for code in ("79029", "79030")),
    Sender(("79031",), yearly=(2020, 2021, 2022, 2023)),
    *_single(79032, 79034),
    Sender(("79035", *_stations(1)), aliases=True),
    Sender(("79036", *_stations(2)), via="mail"),
    Sender(("79037", *_stations(3)), "xls"),
    Sender(("79038", *_stations(4))),
    Sender(("79039", *_stations(5)), coded=True),
    Sender(("79040", *_stations(6))),
    Sender(_codes(79107, 79120), "long", "Chuỗi phòng khám Mô phỏng A"),
    Sender(_codes(79121, 79130), "long", "Chuỗi phòng khám Mô phỏng B", encoding="utf-16"),
    Sender(_codes(79131, 79138), "long", "Chuỗi phòng khám Mô phỏng C", encoding="cp1258"),
    Sender(_codes(79139, 79150), "wide", "Nhóm phòng khám Mô phỏng D"),
)
SENDER_OF = {code: sender for sender in SENDERS for code in sender.codes}
