"""Errors and reports of the store. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "error.no_store": (
        "Chưa có kho số liệu trong {path}. Hãy gõ: healthstats ingest",
        "No store in {path} yet. Type: healthstats ingest",
    ),
    "error.no_header": (
        "{path} bị mất hoặc hỏng dù kho còn số liệu; không có gì bị thay đổi. Hãy khôi phục tệp từ bản sao lưu",
        "{path} is missing or damaged though there is data; nothing was changed. Restore the file from a backup",
    ),
    "error.runs_missing": (
        "Không thấy thư mục {path}; không có gì bị thay đổi. Hãy khôi phục thư mục này từ bản sao lưu",
        "Folder {path} is missing; nothing was changed. Restore it from a backup",
    ),
    "error.busy": (
        "Một lần nhận khác đang chạy (tiến trình {pid}, từ {since}); không có gì bị thay đổi. Đợi xong rồi gõ lại lệnh",
        "Another ingest is running (process {pid}, since {since}); nothing was changed. Wait, then type it again",
    ),
    "error.storage_unreadable": (
        "Hệ điều hành từ chối tệp số liệu: {reason}. Kho không đổi; kiểm tra đĩa, quyền đọc và số tệp được mở (ulimit -n) rồi gõ lại lệnh",
        "The system refused a file of the data: {reason}. Nothing stored has changed; check the disk, its permissions and how many files may be open (ulimit -n), then type the command again",
    ),
    "error.storage_refused": (
        "Không ghi được {path}: {reason}; chưa có gì được nhận. Kiểm tra dung lượng và quyền ghi rồi gõ lại lệnh",
        "Cannot write {path}: {reason}; nothing was committed. Check space and permissions, then type it again",
    ),
    "error.not_as_written": (
        "Đĩa trả lại {path} khác với lúc ghi; chưa có gì được nhận. Kiểm tra ổ đĩa rồi gõ lại lệnh",
        "The disk changed {path} since it was written; nothing was committed. Check the disk, then type it again",
    ),
    "error.name_taken": (
        "{path} vừa bị tiến trình khác tạo; chưa có gì được nhận. Hãy gõ: healthstats verify",
        "{path} was just made by another process; nothing was committed. Type: healthstats verify",
    ),
    "error.outcome_unknown": (
        "Không rõ {path} đã được lưu chắc chắn hay chưa. Hãy gõ: healthstats verify",
        "It is not known whether {path} was stored for good. Type: healthstats verify",
    ),
    "error.damaged_run": (
        "Lần nhận {run} bị hỏng ở tệp {file}; không đọc tiếp. Khôi phục từ bản sao lưu, rồi gõ: healthstats verify",
        "Run {run} is damaged at file {file}; reading stopped. Restore it from a backup, then type: healthstats verify",
    ),
    "error.archive_damaged": (
        "{path} không còn đúng như lúc nhận. Khôi phục từ bản sao lưu, rồi gõ: healthstats verify",
        "{path} is no longer what was received. Restore it from a backup, then type: healthstats verify",
    ),
    "error.archive_missing": (
        "Không thấy {path} trong kho lưu tệp nhận. Khôi phục từ bản sao lưu, rồi gõ: healthstats verify",
        "{path} is missing from the archive. Restore it from a backup, then type: healthstats verify",
    ),
    "error.newer_store": (
        "{path} được ghi bởi phiên bản mới hơn (dạng {format}, ở đây hiểu đến {ours}). Hãy nâng cấp healthstats",
        "{path} was written by a later version (format {format}, this one knows {ours}). Upgrade healthstats",
    ),
    "error.unsafe_link": (
        "{path} là liên kết, kho phải là thư mục thật. Hãy chuyển thư mục thật về đúng chỗ rồi gõ lại lệnh",
        "{path} is a link, a store needs real folders. Move the real folder into place, then type the command again",
    ),
    "error.unsafe_device": (
        "{path} và {other} nằm trên hai ổ đĩa khác nhau. Hãy đưa cả hai về một ổ rồi gõ lại lệnh",
        "{path} and {other} lie on different devices. Put both on one, then type the command again",
    ),
    "refusal.too_large": (
        "{name}: {megabytes} MB, quá giới hạn {limit} MB; tệp để nguyên tại chỗ. Hãy chia nhỏ tệp rồi gửi lại",
        "{name}: {megabytes} MB, above the limit of {limit} MB; left where it is. Split the file and send it again",
    ),
    "refusal.not_regular": (
        "{name}: không phải tệp thường (liên kết, thư mục hoặc thiết bị); để nguyên tại chỗ. Hãy chép chính tệp đó vào",
        "{name}: not a regular file (a link, folder or device); left where it is. Copy the file itself here",
    ),
    "refusal.still_copied": (
        "{name}: đang được chép vào; để lại cho lần nhận sau. Đợi chép xong rồi gõ lại lệnh",
        "{name}: still being copied; left for the next ingest. Wait until it is done, then type the command again",
    ),
    "refusal.unreadable": (
        "{name}: không mở được ({reason}); tệp để nguyên tại chỗ. Kiểm tra quyền đọc rồi gõ lại lệnh",
        "{name}: cannot be opened ({reason}); left where it is. Check its permissions, then type the command again",
    ),
    "problem.run_missing": ("Thiếu lần nhận {run}", "Run {run} is missing"),
    "problem.run_damaged": (
        "Lần nhận {run}: tệp {file} bị mất hoặc không đúng như lúc ghi",
        "Run {run}: file {file} is missing or not as it was written",
    ),
    "problem.run_unreadable": (
        "Lần nhận {run}: {file} là liên kết hoặc do phiên bản mới hơn ghi",
        "Run {run}: {file} is a link or was written by a later version",
    ),
    "problem.run_out_of_place": (
        "Lần nhận {run} không nối tiếp lần nhận trước nó",
        "Run {run} does not follow the run before it",
    ),
    "problem.archive_damaged": (
        "{file} không còn đúng như lúc nhận",
        "{file} is no longer what was received",
    ),
    "problem.archive_missing": (
        "Lần nhận {run}: không thấy tệp nhận {file}",
        "Run {run}: its submission {file} is missing",
    ),
    "problem.mart_of_lost_run": (
        "{file} được dựng từ một lần nhận không còn trong kho",
        "{file} was built from a run that is no longer in the store",
    ),
    "problem.leftover": (
        "{file}: phần dở dang của một lần chạy bị ngắt; vô hại, lần nhận sau sẽ dọn",
        "{file}: left by an interrupted command; harmless, the next ingest removes it",
    ),
    "problem.mart_damaged": (
        "marts/{file}: bảng tổng hợp bị hỏng; lệnh show kế tiếp sẽ dựng lại",
        "marts/{file}: the marts are damaged; the next show builds them anew",
    ),
}
