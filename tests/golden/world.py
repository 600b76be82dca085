"""The year 2023 of an invented city: growth that holds, and one figure for every status."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.golden.marts import Grown, against_base, open_marts, reported

VISITS = Grown(
    "outpatient_visits",
    "42123456",
    "37949059",
    "partial",
    reports=(35, 36),
    matched=("41002003", "37100100"),
    parts={"entered": "1121453", "left": "-348959", "missing": "-500000"},
)
INSURED = Grown("outpatient_visits_insured", "20500100", "17521453", "partial", reports=(35, 36))
STAYS = Grown("inpatient_stays", "2201345.0000", "2114644")
INSURED_STAYS = Grown("inpatient_stays_insured", "1650321", "1512668")
DAYS = Grown("inpatient_days", "14308742", "14308100")
PREVENTIVE = Grown("preventive_visits", "90", "0", "zero_base")
CT = Grown("ct_scans", "412345", None, "no_base", base_reports=(0, 0))
MRI = Grown("mri_scans", "7", "9")

BEDS = Grown("beds_actual", "31500", "30900", "partial", reports=(2, 3), base_reports=(3, 3), parts={"entered": "600"})
STAY = Grown("average_stay", "6.49995001", "6.76627499", matched=("6.5", "6.75"), ratio=True)
OCCUPANCY = Grown("bed_occupancy_actual", "124.45270000", "123.25", "partial", reports=(35, 36), ratio=True)
SHARE = Grown("insured_share_visits", "48.66671000", "46.17098", matched=("48.7", "46.15"), ratio=True)

YEAR = [
    VISITS,
    against_base(VISITS, "39739109", "partial"),
    INSURED,
    against_base(INSURED, "19159000", "partial"),
    STAYS,
    against_base(STAYS, None, "no_base"),
    INSURED_STAYS,
    against_base(INSURED_STAYS, None, "no_base"),
    DAYS,
    against_base(DAYS, "15000000", "not_comparable"),
    PREVENTIVE,
    CT,
    against_base(CT, "398765", base_source="history"),
    MRI,
    BEDS,
    STAY,
    against_base(STAY, "6.5"),
    OCCUPANCY,
    SHARE,
    against_base(SHARE, None, "zero_base"),
    *(
        Grown("outpatient_visits", value, base, group=("ownership", name))
        for name, value, base in (
            ("Công lập", "30123456", "28000000"),
            ("Tư nhân", "11000000", "9000000"),
            ("Bộ, ngành", "1000000", "949059"),
        )
    ),
    *(
        Grown("inpatient_stays", value, base, group=("ownership", name))
        for name, value, base in (("Công lập", "1901345", "1834644"), ("Tư nhân", "300000", "280000"))
    ),
]

MONTHS = {number: (3_400_000 + 20_000 * number, 3_100_000 + 15_000 * number) for number in range(1, 13) if number != 6}
"""A gap in June; February's reports are missing now, and April's were missing a year before."""

YEAR += [
    Grown(
        "outpatient_visits",
        str(now),
        str(base),
        "partial" if number in (2, 4) else "ok",
        f"2023-{number:02d}",
        f"2022-{number:02d}",
        (2, 3) if number == 2 else (3, 3),
        (1, 3) if number == 4 else (3, 3),
    )
    for number, (now, base) in MONTHS.items()
]

REPORTS = [
    *(reported("79001", month) for month in range(1, 13)),
    *(reported("79002", month, reported=month not in (2, 5, 6), late=month == 9) for month in range(1, 13)),
    *(reported("74001", month, reported=month != 11) for month in range(1, 13)),
]

FINDINGS: list[dict[str, object]] = [
    {
        "file": "BC T8 BV Quan 1 (sua).xls",
        "sheet": "Biểu 9",
        "cell": "F12",
        "code": "NOT_IN_THIS_VERSION",
        "facility": "79001",
        "period": "2023-08",
        "element": "outpatient_visits",
        "text": "1.401",
        "message": "Số đếm phải là số nguyên: kiểm tra lại rồi gửi lại.",
        "suggestion": "1401",
        "params": "{}",
    },
    {
        "file": "PK_DK_Ben_Thanh_T02_2023_lan_2.xlsx",
        "sheet": "T2",
        "cell": "",
        "code": "NOT_IN_THIS_VERSION",
        "facility": "79002",
        "period": "2023-02",
        "message": "Hai tệp cho cùng một báo cáo, số liệu khác nhau và không ghi lần sửa.",
        "suggestion": "ghi lần sửa vào tệp đúng",
        "params": "{}",
    },
    {
        "file": "năm khác.xlsx",
        "sheet": "T1",
        "cell": "C3",
        "code": "NOT_IN_THIS_VERSION",
        "period": "2022-01",
        "message": "Không thuộc năm này.",
    },
]


def open_year(folder: Path) -> duckdb.DuckDBPyConnection:
    return open_marts(folder, YEAR, REPORTS, FINDINGS)
