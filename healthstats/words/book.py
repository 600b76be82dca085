"""Charts, the annex, and the workbook of a publication. Key → (Vietnamese, English)."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"month.short.{number}": (f"T{number}", name) for number, name in enumerate(_MONTHS, 1)},
    "column.month": ("Tháng", "Month"),
    "column.part": ("Phần của mức tăng, giảm", "Part of the change"),
    "chart.months": ("{name}, theo tháng ({unit})", "{name} by month ({unit})"),
    "chart.parts": (
        "{name}: tăng, giảm do đâu, so với {period} ({unit})",
        "{name}: where the change on {period} comes from ({unit})",
    ),
    "chart.year": ("Năm {year}", "{year}"),
    "chart.figures": ("Số liệu của biểu đồ", "The chart's figures"),
    "chart.partial": (
        "* Điểm rỗng: còn thiếu báo cáo của tháng ấy.",
        "* Hollow points: reports of that month are missing.",
    ),
    "chart.missing": (
        "* Phần gạch chéo: do thiếu báo cáo, không phải do hoạt động tăng hay giảm.",
        "* Hatched: reports are missing; not a change in activity.",
    ),
    "chart.missing_cell": (
        "do thiếu báo cáo, không phải do hoạt động",
        "reports are missing; not a change in activity",
    ),
    "page.sort": ("Sắp xếp theo cột này", "Sort by this column"),
    "table.annex": ("Kết quả thực hiện các chỉ tiêu {period}", "Results by indicator, {period}"),
    "annex.number": ("TT", "No."),
    "annex.done": ("TH {period}", "Actual {period}"),
    "annex.plan": ("KH {period}", "Plan {period}"),
    "annex.index": ("Chỉ số (gốc = 100)", "Index (base = 100)"),
    "annex.of_plan": ("So với KH (%)", "Of plan (%)"),
    "annex.of_year_plan": ("So với KH năm (%)", "Of the year's plan (%)"),
    "annex.of_base": ("So với cùng kỳ (%)", "Of the same period (%)"),
    "annex.notes": ("Ghi chú", "Notes"),
    "annex.history": ("số liệu lịch sử của địa bàn", "history figure of the area"),
    "annex.lopsided": (
        "(!) một bên là tổng các cơ sở, một bên là số của cả địa bàn",
        "(!) facilities' sum against the area's own figure",
    ),
    "annex.partial": (
        "Báo cáo {now}; cùng kỳ {base}",
        "Reports {now}; same period {base}",
    ),
    "note.annex": (
        "TH: thực hiện; KH: kế hoạch. So với KH, so với cùng kỳ: gốc bằng 100 (111 là tăng 11%).",
        "Actual and plan are in the indicator's unit; of plan and of the same period: the base is 100 (111 is +11%).",
    ),
    "note.year_plan": (
        "KH là kế hoạch cả năm: so với KH năm là phần kế hoạch năm đã đạt được trong {period}.",
        "The plan is the whole year's: the share of it that was reached in {period}.",
    ),
    "note.plan_source": ("KH theo: {sources}.", "Plan: {sources}."),
    "note.annex_partial": (
        "* Thiếu báo cáo ở một trong hai kỳ: vẫn so sánh. Số báo cáo đã nhận/phải nhận ghi ở cột cuối.",
        "* Reports are missing in one of the periods: compared nevertheless. "
        "The last column gives reports received/expected.",
    ),
    "sheet.contents": ("Mục lục", "Contents"),
    "sheet.back": ("← Mục lục", "← Contents"),
    "sheet.charts": ("Biểu đồ", "Charts"),
    "sheet.growth": ("Tăng, giảm", "Growth"),
    "sheet.decomposition": ("Do đâu", "Parts"),
    "sheet.coverage": ("Báo cáo", "Reports"),
    "sheet.missing": ("Còn thiếu", "Missing"),
    "sheet.awaiting": ("Chờ xác minh", "Awaiting"),
    "sheet.annex": ("Phụ lục", "Annex"),
    "sheet.pages": ("Trang {page}/{pages}", "Page {page} of {pages}"),
}
