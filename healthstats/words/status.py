"""Status: who reported, what awaits a person, what to type next. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "status.title": ("Tình hình số liệu", "State of the workspace"),
    "status.workspace": (
        "Thư mục làm việc: {path} · {facilities} cơ sở trong danh mục",
        "Workspace: {path} · {facilities} facilities in the register",
    ),
    "status.run": (
        "Lần nhận mới nhất: {run}, ghi lúc {time} · kho lưu {files} tệp, {size}",
        "Newest run: {run}, committed {time} · archive: {files} files, {size}",
    ),
    "status.data": (
        "Số liệu: {first} – {last} · bảng tổng hợp {marts}",
        "Data: {first} – {last} · marts {marts}",
    ),
    "status.no_data": (
        "Số liệu: chưa có báo cáo tháng nào của cơ sở · bảng tổng hợp {marts}",
        "Data: no monthly report of a facility yet · marts {marts}",
    ),
    "status.current": ("đúng với lần nhận {run}", "are those of run {run}"),
    "status.rebuilt": ("vừa dựng lại theo lần nhận {run}", "were just built for run {run}"),
    "status.no_run": ("Chưa có lần nhận nào. Trong {inbox}: {files} tệp.", "No run yet. In {inbox}: {files} files."),
    "status.months": ("Báo cáo của cơ sở: các tháng gần nhất", "Facilities' reports: the newest months"),
    "status.period": ("Tình hình báo cáo: {period}", "Who reported: {period}"),
    "status.chase": ("Cơ sở còn thiếu báo cáo", "Facilities that still owe reports"),
    "status.next": ("Gõ tiếp: {commands}", "Type next: {commands}"),
    "status.more": (
        "… và {count} cơ sở nữa. Xem đủ: healthstats show missing {period}",
        "… and {count} more facilities. All of them: healthstats show missing {period}",
    ),
    "status.more_codes": ("… và {count} loại nữa", "… and {count} more kinds"),
    "status.loose": ("Gồm cả tệp chưa rõ kỳ: {count} chỗ.", "Files of no known period included: {count} places."),
    "status.parts": (
        "Đơn vị tính: báo cáo tháng của cơ sở. Đã nhận = đúng hạn + muộn. "
        "Còn thiếu = chưa gửi + chờ xác minh + không đọc được + chờ nhập tay.",
        "Unit: a facility's monthly report. Received = on time + late. "
        "Missing = not sent + to check + not read + to key in.",
    ),
    "status.unexpected": (
        "Ngoài số phải nhận còn {count} báo cáo của cơ sở không phải gửi.",
        "Beside those expected there are {count} reports of facilities that owed none.",
    ),
    "status.not_over": (
        "Kỳ chưa kết thúc vào ngày nhận tệp mới nhất ({day}).",
        "The period was not over when the newest file came in ({day}).",
    ),
    "status.not_due": (
        "Chưa hết hạn nhận ({deadline}) vào ngày nhận tệp mới nhất ({day}).",
        "Reports were not due yet ({deadline}) when the newest file came in ({day}).",
    ),
    "status.deadline": ("Hạn nhận: {deadline}.", "Due by {deadline}."),
    "status.unplaced": (
        "Chưa rõ của cơ sở, kỳ nào: {unreadable} tệp không đọc được, {by_hand} tệp chờ nhập tay (ảnh, PDF).",
        "Of no known facility and period: {unreadable} files that cannot be read, {by_hand} to key in (pictures, PDF).",
    ),
    "column.files": ("Tệp nhận", "Files received"),
    "column.files_total": ("Tổng số", "Total"),
    "column.accepted": ("Nhận", "Accepted"),
    "column.quarantined": ("Chờ xác minh", "To check"),
    "column.rejected": ("Không đọc được", "Not read"),
    "column.by_hand": ("Chờ nhập tay", "To key in"),
    "column.opened": ("Thư, tệp nén", "Mails, archives"),
    "column.closed": ("Đã đóng", "Closed"),
    "column.monthly": ("Báo cáo tháng", "Monthly reports"),
    "column.bar": ("Tỷ lệ nhận", "Received"),
    "column.received_of": ("Đã nhận/phải nhận", "Received/expected"),
    "column.places": ("Chỗ chờ xác minh", "Places to check"),
    "column.waits": ("Chờ người xử lý", "Awaits a person"),
    "column.waiting_places": ("Số chỗ", "Places"),
    "column.waiting_files": ("Số tệp", "Files"),
    "column.due": ("Phải nhận", "Due"),
    "column.all": ("Tổng số", "All"),
    "column.pct": ("%", "%"),
    "column.on_time": ("Đúng hạn", "On time"),
    "column.late_short": ("Muộn", "Late"),
    "column.not_sent": ("Chưa gửi", "Not sent"),
    "status.all_runs": ("Tất cả các lần", "All runs"),
    "status.this_run": ("Lần nhận {run}", "Run {run}"),
    "error.status_period": (
        "Chưa có báo cáo nào phải nhận hay đã nhận của {period}. Để xem có những tháng nào, hãy gõ: healthstats status",
        "No report of {period} is due or received yet. For the months there are, type: healthstats status",
    ),
}
