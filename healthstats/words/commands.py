"""What a command says of what it did. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "screen.config": (
        "# Thư mục làm việc của healthstats. Danh mục và định nghĩa riêng nằm trong pipelines/.\n"
        "# base_year = 2020   # so thêm với năm gốc này\n",
        "# A healthstats workspace. Registers and definitions of its own lie in pipelines/.\n"
        "# base_year = 2020   # growth is shown against this year too\n",
    ),
    "screen.init_next": (
        "Đã lập thư mục làm việc. Chép tệp vào {inbox} rồi gõ: healthstats ingest --propose-register",
        "The workspace is made. Put files into {inbox} and type: healthstats ingest --propose-register",
    ),
    "screen.demo_made": (
        "Đã lập dữ liệu mô phỏng ở {folder}. Gõ tiếp: healthstats -w {folder} ingest --received mtime",
        "Synthetic data are in {folder}. Type next: healthstats -w {folder} ingest --received mtime",
    ),
    "screen.reading": ("Đang đọc tệp", "Reading files"),
    "screen.building": ("Đang dựng bảng tổng hợp từ các lần nhận …", "Building the marts from the runs …"),
    "screen.interrupted": (
        "Đã dừng theo yêu cầu. Lần nhận nào chưa báo xong thì chưa ghi gì; chạy lại là đủ.",
        "Stopped as asked. A run that was not acknowledged was not committed; run the command again.",
    ),
    "screen.interrupted_committed": (
        "Đã dừng theo yêu cầu, sau khi lần nhận {run} đã ghi xong.",
        "Stopped as asked, after run {run} was committed.",
    ),
    "screen.not_told": (
        "Việc đã xong và đã ghi, nhưng không in ra được kết quả ({reason}). Xem lại bằng: healthstats status",
        "It is done and committed, but what came of it could not be printed ({reason}). See it with: healthstats status",
    ),
    "screen.nothing_new": ("Không có tệp nào mới.", "There is no new file."),
    "screen.run": (
        "Lần nhận {run}: {files} tệp = {accepted} nhận + {quarantined} chờ xác minh + {rejected} không đọc được",
        "Run {run}: {files} files = {accepted} accepted + {quarantined} quarantined + {rejected} rejected",
    ),
    "screen.judged_only": (
        "Chỉ xét, chưa ghi: {files} tệp = {accepted} nhận + {quarantined} chờ xác minh + {rejected} không đọc được",
        "Judged, nothing committed: {files} files = {accepted} accepted + {quarantined} quarantined + {rejected} rejected",
    ),
    "screen.cells": (
        "Ô số liệu: {found} = {accepted} nhận + {quarantined} chờ xác minh + {rejected} không nhận + {blank} trống"
        " · đã đối chiếu {checked} ô tổng · ngoài biểu {ignored} ô",
        "Cells: {found} = {accepted} accepted + {quarantined} quarantined + {rejected} rejected + {blank} blank"
        " · {checked} cells of totals checked · {ignored} cells outside the form",
    ),
    "screen.repeated": ("Đã nhận từ trước: {count} tệp", "Received before: {count} files"),
    "screen.known": ("{name}: đã nhận ở lần {run}", "{name}: received in run {run}"),
    "screen.twin": (
        "{name}: cùng nội dung với {other}, chỉ tính một lần",
        "{name}: the same bytes as {other}, counted once",
    ),
    "screen.findings": (
        "Cần xem: {count} điều, {errors} điều chờ xác minh",
        "To look at: {count}, {errors} awaiting you",
    ),
    "screen.more": ("… và {count} dòng nữa", "… and {count} more"),
    "screen.more_findings": (
        "… và {count} điều nữa; xem hết: healthstats findings",
        "… and {count} more; all of them: healthstats findings",
    ),
    "screen.as_received": ("trong tệp: “{text}”", "in the file: “{text}”"),
    "screen.alias_written": (
        "Đã ghi “{text}” là tên khác của {who} vào {path}. Gõ tiếp: healthstats ingest --retry",
        "Wrote “{text}” as another name of {who} into {path}. Type next: healthstats ingest --retry",
    ),
    "screen.alias_there": (
        "“{text}” đã chỉ {who}: không có gì để ghi.",
        "“{text}” means {who} already: nothing to write.",
    ),
    "screen.suggested": ("gợi ý: {text}", "suggested: {text}"),
    "screen.comparison": (
        "So với số đã có: {new} ô mới, {same} ô như cũ, {changed} ô đổi, {lost} ô không còn",
        "Against what is stored: {new} cells new, {same} the same, {changed} changed, {lost} no longer there",
    ),
    "screen.replaced": (
        "Thay số đã có của {reports} báo cáo ({named}): {changed} ô đổi, {lost} ô không còn",
        "Stored figures of {reports} reports replaced ({named}): {changed} cells changed, {lost} no longer there",
    ),
    "screen.replaced_uncounted": (
        "Lần nhận {run} đã ghi, nhưng không đếm được số đã có nào bị thay: {why}",
        "Run {run} is committed, but which stored figures it replaced could not be counted: {why}",
    ),
    "screen.proposed": (
        "Đã thêm {count} cơ sở vào pipelines/registers/facilities.csv. Hãy xem lại rồi gõ: healthstats ingest --retry",
        "{count} facilities were added to pipelines/registers/facilities.csv. Review them, then: healthstats ingest --retry",
    ),
    "screen.as_of": ("Số liệu đến lần nhận {run}, ngày {day}", "Figures as known at run {run}, {day}"),
    "screen.verify_ok": (
        "Kho nguyên vẹn: {runs} lần nhận, {submissions} tệp trong kho lưu.",
        "The store is whole: {runs} runs, {submissions} archived submissions.",
    ),
    "screen.verify_damaged": (
        "Kho bị hỏng ở {count} chỗ nêu trên. Không sửa tay: khôi phục các tệp ấy từ bản sao lưu.",
        "The store is damaged in the {count} places above. Do not mend by hand: restore those files from a backup.",
    ),
}
