"""Labels and lines of screens, tables and publications. Key → (Vietnamese, English)."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SENTENCES: dict[str, tuple[str, str]] = {
    "period.year": ("năm {year}", "{year}"),
    "period.half.1": ("6 tháng đầu năm {year}", "the first half of {year}"),
    "period.half.2": ("6 tháng cuối năm {year}", "the second half of {year}"),
    "period.nine_months.1": ("9 tháng năm {year}", "the first nine months of {year}"),
    "period.to_date": ("{months} tháng năm {year}", "the first {months} months of {year}"),
    **{
        f"period.quarter.{number}": (f"quý {roman}/{{year}}", f"quarter {number} of {{year}}")
        for number, roman in enumerate(("I", "II", "III", "IV"), 1)
    },
    **{
        f"period.month.{number}": (f"tháng {number}/{{year}}", f"{name} {{year}}")
        for number, name in enumerate(_MONTHS, 1)
    },
    "table.growth": (
        "Tăng, giảm so với cùng kỳ: {period}",
        "Change against the same period: {period}",
    ),
    "table.stock": ("Số cuối kỳ: {period}", "Figures at the end: {period}"),
    "table.ratio": ("Tỷ lệ và bình quân: {period}", "Rates and averages: {period}"),
    "table.decomposition": ("Tăng, giảm do đâu: {period}", "Where the change comes from: {period}"),
    "table.coverage": ("Báo cáo của cơ sở: {period}", "Facilities' reports: {period}"),
    "table.missing": ("Cơ sở còn thiếu báo cáo: {period}", "Facilities that still owe reports: {period}"),
    "table.awaiting": ("Số liệu chờ xác minh: {period}", "Figures that await confirmation: {period}"),
    "table.every_period": ("mọi kỳ", "every period"),
    "table.by": ("{area} · theo {group}", "{area} · by {group}"),
    "table.boundaries": ("{area} · địa giới từ {day}", "{area} · boundaries from {day}"),
    "group.ownership": ("loại hình sở hữu", "ownership"),
    "group.type": ("loại cơ sở", "type of facility"),
    "group.level": ("tuyến", "level"),
    "column.indicator": ("Chỉ tiêu", "Indicator"),
    "column.unit": ("ĐVT", "Unit"),
    "column.against": ("So với", "Against"),
    "column.change": ("Tăng, giảm", "Change"),
    "column.change_pct": ("Tăng, giảm (%)", "Change (%)"),
    "column.matched_change_pct": ("Tăng, giảm cùng cơ sở (%)", "Like-for-like change (%)"),
    "column.change_in": ("Tăng, giảm ({units})", "Change ({units})"),
    "column.matched_change_in": ("Tăng, giảm cùng cơ sở ({units})", "Like-for-like change ({units})"),
    "column.change_matched": ("Cùng cơ sở", "Same facilities"),
    "column.change_entered": ("Cơ sở mới", "New facilities"),
    "column.change_left": ("Cơ sở ngừng", "Closed facilities"),
    "column.change_missing": ("Thiếu kỳ này", "Missing now"),
    "column.change_missing_base": ("Thiếu kỳ gốc", "Missing at base"),
    "column.change_reclassified": ("Chuyển nhóm", "Moved group"),
    "column.parts": ("Trong đó do", "Of which from"),
    "column.coverage": ("Báo cáo đã nhận/phải nhận", "Reports received/expected"),
    "column.place": ("Địa bàn, loại cơ sở", "Area, type of facility"),
    "column.expected": ("Phải nhận", "Expected"),
    "column.received": ("Đã nhận", "Received"),
    "column.received_pct": ("Tỷ lệ nhận (%)", "Received (%)"),
    "column.late": ("Nhận muộn", "Late"),
    "column.missing": ("Còn thiếu", "Missing"),
    "column.facility": ("Mã CSKCB", "Code"),
    "column.name": ("Cơ sở", "Facility"),
    "column.area": ("Địa bàn", "Area"),
    "column.type": ("Loại", "Type"),
    "column.form": ("Biểu mẫu", "Form"),
    "column.months": ("Tháng thiếu", "Months missing"),
    "column.cell": ("Tệp › trang › ô", "File › sheet › cell"),
    "column.period": ("Kỳ", "Period"),
    "column.finding": ("Cần xem", "To look at"),
    "column.suggestion": ("Gợi ý", "Suggestion"),
    "table.unknown_names": ("Tên chưa có trong danh mục", "Names that the register lacks"),
    "column.as_written": ("Viết trong tệp", "As written"),
    "column.nearest": ("Gần nhất (điểm trên 100)", "Nearest (score of 100)"),
    "column.for_instance": ("Ví dụ trong tệp", "For instance in"),
    "note.alias_next": (
        'Đúng là cơ sở đã có: healthstats alias MÃ "tên như trong tệp", rồi healthstats ingest --retry. '
        "Cơ sở mới: thêm vào pipelines/registers/facilities.csv.",
        'A facility that is there: healthstats alias CODE "name as written", then healthstats ingest --retry. '
        "A new one: add it to pipelines/registers/facilities.csv.",
    ),
    "note.no_unknown_names": (
        "Mọi tên trong tệp đều có trong danh mục.",
        "Every name in the files is in the register.",
    ),
    "against": ("So với {period}", "Against {period}"),
    "unit.pp": ("điểm %", "points"),
    "unit.points": ("điểm phần trăm", "percentage points"),
    "total": ("Tổng số", "Total"),
    "no_group": ("(chưa phân nhóm)", "(no group)"),
    "no_type": ("(chưa rõ loại)", "(type not known)"),
    "no_area": ("(chưa rõ địa bàn)", "(area not known)"),
    "status.unfinished": ("kỳ chưa kết thúc", "period not over"),
    "status.not_comparable": ("đổi phạm vi", "scope changed"),
    "status.no_base": ("không so sánh được", "not comparable"),
    "status.zero_base": ("không so sánh được", "not comparable"),
    "status.partial": ("thiếu báo cáo", "reports missing"),
    "note.matched": (
        "Cùng cơ sở: chỉ tính những tháng mà cơ sở báo cáo đủ ở cả hai kỳ.",
        "Like-for-like: only the months that a facility reported in full in both periods.",
    ),
    "note.coverage": (
        "Báo cáo: số báo cáo tháng của cơ sở đã nhận / phải nhận.",
        "Reports: facilities' monthly reports received / expected.",
    ),
    "note.partial": (
        "* Thiếu báo cáo ở một trong hai kỳ: vẫn so sánh, nên đọc cùng cột “cùng cơ sở”. {coverage}",
        "* Reports are missing in one of the periods: compared nevertheless, read it with like-for-like. {coverage}",
    ),
    "note.partial_reports": (
        "Báo cáo tháng đã nhận/phải nhận: {reports}.",
        "Monthly reports received/expected: {reports}.",
    ),
    "note.partial_columns": (
        "Số báo cáo đã nhận/phải nhận ở các cột cuối.",
        "Reports received/expected stand in the last columns.",
    ),
    "note.unfinished": (
        "kỳ chưa kết thúc: số liệu đến nay được nêu, chưa so với kỳ đã đủ.",
        "period not over: figures so far are shown, and not set against a whole period.",
    ),
    "note.ended": (
        "Để so sánh các tháng đã kết thúc, hãy gõ: healthstats show {table} {period}",
        "To compare the months that are over, type: healthstats show {table} {period}",
    ),
    "note.ended_or_estimate": (
        "Để so sánh các tháng đã kết thúc, hãy gõ: healthstats show {table} {period}. Xem ước cả năm: healthstats show {table} "
        "{asked} --estimate",
        "To compare the months that are over, type: healthstats show {table} {period}. The year's estimate: healthstats "
        "show {table} {asked} --estimate",
    ),
    "note.not_comparable": (
        "đổi phạm vi: phạm vi hoặc định nghĩa của chỉ tiêu đã thay đổi giữa hai kỳ, không so sánh.",
        "scope changed: the indicator's scope or definition changed between the periods; not compared.",
    ),
    "note.no_base": (
        "không so sánh được: kỳ gốc thiếu số liệu hoặc bằng 0.",
        "not comparable: the base period has no figure, or zero.",
    ),
    "note.stock": (
        "Số cuối kỳ: lấy ở tháng cuối của kỳ; cơ sở chưa gửi báo cáo tháng đó thì không lấy số cũ thay vào.",
        "Figures at the end: of the period's last month; where a facility did not report it, no older figure stands in.",
    ),
    "note.ratio": (
        "Tỷ lệ, bình quân: tính lại từ tử số và mẫu số ở từng cấp, trên những tháng mà cơ sở báo cáo đủ cả hai. "
        "điểm %: điểm phần trăm.",
        "Rates, averages: computed again at every level from numerator and denominator, over the months that a "
        "facility reported with both. points: percentage points.",
    ),
    "note.lopsided": (
        "(!) CHƯA NÊN DÙNG mức tăng, giảm này: một bên cộng từ báo cáo của cơ sở, một bên là số lịch sử của cả địa bàn, "
        "và lệch nhau hơn hai lần: danh mục rõ ràng chưa có đủ cơ sở của địa bàn. Bổ sung danh mục; đối chiếu các kỳ "
        "có cả hai: {command}",
        "(!) DO NOT USE this change yet: one side adds up facilities' reports, the other is the area's own historical "
        "figure, and one is more than twice the other: the register plainly lacks facilities of the area. Complete it; "
        "for the periods that have both: {command}",
    ),
    "note.set_aside": (
        "Có {count} số lịch sử của cả địa bàn khác tổng báo cáo của các cơ sở: tổng ấy được lấy. Lệch nhất: {name}, "
        "{period}: cơ sở {value}, lịch sử {history}. Xem hết: {command}",
        "{count} historical figures of the whole area differ from the sum of its facilities' reports, which counts. "
        "Most apart: {name}, {period}: facilities {value}, history {history}. All of them: {command}",
    ),
    "note.area_months": (
        "Số liệu theo tháng của cả địa bàn: thiếu một tháng là thiếu cả kỳ dài hơn; các tháng còn lại không được cộng "
        "thay, nên kỳ đó không có số liệu và không so sánh được.",
        "Monthly figures of a whole area: where one month is missing, so is every longer period with it; the other "
        "months do not stand in for it, so that period has no figure and cannot be compared.",
    ),
    "note.history": (
        "** Số liệu lịch sử của toàn địa bàn (cấp tỉnh, cả nước), không từ báo cáo của cơ sở: không tính được tăng, "
        "giảm cùng cơ sở.",
        "** A history figure of the whole area (province, country), not from facilities' reports: like-for-like cannot "
        "be computed.",
    ),
    "note.population": (
        "Bình quân một người dân: cả năm chia cho dân số trung bình của năm, cùng một địa giới; không tính theo nhóm "
        "và cùng cơ sở. Nguồn dân số: {sources}.",
        "Per person: the whole year over its average population, on one set of boundaries; not by group and not "
        "like-for-like. Source of the population: {sources}.",
    ),
    "note.no_populations": (
        "Chưa có dân số của địa bàn nào nên không tính được: {names}. Nhập danh sách dân số: healthstats register import "
        "TỆP",
        "No area's population is known, so this cannot be computed: {names}. Take in a list of populations: healthstats "
        "register import FILE",
    ),
    "note.nothing": ("… chưa có số liệu.", "… no figure."),
    "note.parts": (
        "Các phần cộng lại đúng bằng mức tăng, giảm. Thiếu kỳ này, thiếu kỳ gốc: do cơ sở chưa báo cáo đủ, "
        "không phải do hoạt động tăng hay giảm.",
        "The parts add up to the change exactly. Missing now, missing at base: facilities that did not report "
        "in full, not a change in activity.",
    ),
    "note.late": (
        "Đơn vị tính: báo cáo tháng của cơ sở. Nhận muộn: nhận sau hạn của biểu mẫu.",
        "Unit: a facility's monthly report. Late: received after the form's deadline.",
    ),
    "note.more": (
        "… và {count} dòng nữa. Xem đủ: healthstats show {table} {period}",
        "… and {count} more rows. See them all: healthstats show {table} {period}",
    ),
    "note.none_missing": ("Không cơ sở nào còn thiếu báo cáo.", "No facility owes a report."),
    "table.findings": ("Cần xem: {period}", "To look at: {period}"),
    "column.severity": ("Mức", "Severity"),
    "severity.error": ("chưa lấy", "not taken"),
    "severity.warning": ("đã lấy, cần xem", "taken, look"),
    "note.findings_counted": (
        "{errors} chỗ chưa lấy số liệu, {warnings} chỗ đã lấy nhưng cần xem, trong {files} tệp.",
        "{errors} places not taken, {warnings} taken but to be looked at, in {files} files.",
    ),
    "note.findings_next": (
        "Quyết định từng chỗ: healthstats findings -o can-xem.xlsx, điền cột Quyết định, rồi healthstats findings "
        "--apply can-xem.xlsx",
        "To decide each: healthstats findings -o findings.xlsx, fill in Decision, then healthstats findings "
        "--apply findings.xlsx",
    ),
    "note.items": (
        "Chỉ tiêu theo từng dòng (bệnh, khoa …) không hiện ở đây; xem bằng --indicator: {codes}. Ví dụ: healthstats show "
        "growth --indicator {first}",
        "Indicators told by item (disease, ward …) are not shown here; ask for them by --indicator: {codes}. For "
        "example: healthstats show growth --indicator {first}",
    ),
    "note.none_findings": ("Không có gì cần xem.", "There is nothing to look at."),
    "note.none_awaiting": ("Không có số liệu nào chờ xác minh.", "No figure awaits confirmation."),
    "note.no_figures": ("Chưa có số liệu cho {what}.", "No figures yet for {what}."),
    "headline.name": ("Số {name}", "{name}"),
    "headline.sentence": ("{name} {moves}{matched}.", "{name}: {moves}{matched}."),
    "headline.sentence_part": ("Trong đó, {name} {moves}{matched}.", "Of which {name}: {moves}{matched}."),
    "headline.ratio": ("{name} là {amount}, {moves}{matched}.", "{name}: {amount}, {moves}{matched}."),
    "headline.matched": (" (tính trên cùng cơ sở: {moves})", " (like-for-like: {moves})"),
    "headline.and": (" và ", " and "),
    "headline.up": ("tăng {size}", "up {size}"),
    "headline.up_against": ("tăng {size} so với {period}", "up {size} on {period}"),
    "headline.down": ("giảm {size}", "down {size}"),
    "headline.down_against": ("giảm {size} so với {period}", "down {size} on {period}"),
    "headline.level": ("tương đương cùng kỳ", "level"),
    "headline.level_against": ("tương đương cùng kỳ {period}", "level with {period}"),
    "headline.no_base": ("không so sánh được", "not comparable"),
    "headline.no_base_against": ("không so sánh được với {period}", "not comparable with {period}"),
    "headline.count": ("{count:02d} {unit}", "{count:02d} {unit}"),
    "headline.unfinished": (
        "{name}: {amount} tính đến nay; kỳ chưa kết thúc nên chưa so sánh.",
        "{name}: {amount} so far; the period is not over, so it is not compared.",
    ),
    "headline.qualified": ("{whole} {part}", "{whole}, {part}"),
    "headline.coverage": (
        "Đã nhận {received} trên {expected} báo cáo tháng phải nhận ({pct}); {late} nhận muộn, {missing} còn thiếu.",
        "{received} of {expected} monthly reports due were received ({pct}); {late} late, {missing} missing.",
    ),
    "headline.missing": ("{count} cơ sở còn thiếu báo cáo.", "{count} facilities still owe reports."),
    "headline.awaiting": (
        "{count} chỗ trong tệp nhận chờ xác minh; số liệu ở đó chưa được tính vào báo cáo này.",
        "{count} places in the files received await confirmation; their figures are not counted here.",
    ),
    "page.synthetic": ("Dữ liệu mô phỏng", "Synthetic data"),
    "page.contents": ("Mục lục", "Contents"),
    "error.nothing_to_show": (
        "Chưa có số liệu {period} cho {area}. Để xem năm mới nhất, cả địa bàn, hãy gõ: healthstats show growth",
        "No figures of {period} for {area}. For the newest year and the whole area, type: healthstats show growth",
    ),
}
