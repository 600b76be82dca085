"""What --help says. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "help.app": (
        "Số liệu y tế: tệp của cơ sở đi vào, tăng trưởng của năm đi ra.",
        "Health statistics: facility files in, the year's growth out.",
    ),
    "help.workspace": (
        "Thư mục làm việc (có healthstats.toml); mặc định là thư mục gần nhất từ đây trở lên.",
        "The workspace (a folder with healthstats.toml); by default the nearest from here upwards.",
    ),
    "help.lang": ("Tiếng Việt (vi) hoặc tiếng Anh (en).", "Vietnamese (vi) or English (en)."),
    "help.version": ("In số phiên bản.", "Print the version."),
    "help.init": ("Lập một thư mục làm việc với danh mục trống.", "Make a workspace with empty registers."),
    "help.init_dir": ("Thư mục cần lập.", "The folder to make it in."),
    "help.demo": (
        "Lập một thư mục làm việc với tệp mô phỏng, ghi rõ là mô phỏng ở mọi nơi.",
        "Make a workspace of synthetic submissions, marked as synthetic everywhere.",
    ),
    "help.demo_dir": ("Thư mục mới cho dữ liệu mô phỏng.", "A new folder for the synthetic data."),
    "help.ingest": (
        "Nhận tệp của cơ sở: lưu từng byte, xét từng ô, ghi trọn một lần nhận.",
        "Take in submissions: keep every byte, judge every cell, commit one whole run.",
    ),
    "help.paths": (
        "Tệp hoặc thư mục cần nhận; mặc định là data/raw/inbox.",
        "Files or folders to take in; by default data/raw/inbox.",
    ),
    "help.form": ("Mã biểu mẫu, khi tệp không tự nói.", "The form's code, where a file does not say."),
    "help.period": ("Kỳ báo cáo, khi tệp không tự nói (2023-08, T8/2023).", "The period, where a file does not say."),
    "help.facility": ("Mã cơ sở, khi tệp không tự nói.", "The facility's code, where a file does not say."),
    "help.ingest_sheet": (
        "Tên trang tính cần đọc, kể cả khi đang ẩn; các trang khác không đọc.",
        "The sheet to read, even if it is hidden; no other is read.",
    ),
    "help.received": (
        "Ngày nhận (2023-09-05), hoặc mtime: ngày sửa của tệp; mặc định là bây giờ.",
        "The day of receipt (2023-09-05), or mtime: the file's own; by default now.",
    ),
    "help.dry_run": (
        "Chỉ xét và so với số đã có, không ghi gì.",
        "Judge, compare with what is stored, commit nothing.",
    ),
    "help.retry": (
        "Xét lại những tệp chưa được nhận đủ, lấy từ kho lưu; có nêu tệp thì chỉ các tệp ấy, tệp khác vẫn chờ.",
        "Judge again what was not accepted, from the archive; where files are named, those alone: others still wait.",
    ),
    "help.propose_register": (
        "Thêm cơ sở chưa có trong danh mục thành dòng mới để xem lại.",
        "Add facilities that the register lacks as rows to review.",
    ),
    "help.workers": ("Số tiến trình đọc tệp.", "How many processes read files."),
    "help.alias": (
        "Ghi một tên khác của cơ sở vào danh mục; không có tham số thì liệt kê các tên chưa nhận ra.",
        "Write another name of a facility into the register; without arguments list the names not known.",
    ),
    "help.alias_facility": ("Cơ sở, theo mã hoặc tên.", "The facility, by code or name."),
    "help.alias_written": ("Tên như viết trong tệp.", "The name as files write it."),
    "help.alias_area": ("Tham số đầu là địa bàn, không phải cơ sở.", "The first argument is an area."),
    "help.findings": (
        "Mọi chỗ cần xem, từng ô một; ghi ra Excel để quyết định.",
        "Every finding with its cell; as a workbook, the list to decide on.",
    ),
    "help.of_facility": ("Chỉ của cơ sở này (mã hoặc tên).", "Of this facility alone (code or name)."),
    "help.of_code": ("Chỉ loại này (mã trong docs/findings.md).", "Of this kind alone (a code of docs/findings.md)."),
    "help.of_severity": ("Chỉ mức này.", "Of this severity alone."),
    "help.of_file": ("Chỉ của tệp có tên chứa đoạn này.", "Of files alone whose name holds this text."),
    "help.transform": (
        "Dựng các bảng tổng hợp; show, publish và query tự làm khi cần.",
        "Build the marts; show, publish and query do it by themselves.",
    ),
    "help.status": (
        "Tình hình: ai đã gửi, ai còn thiếu, điều gì chờ người xử lý.",
        "Who reported, who owes reports, what awaits a person.",
    ),
    "help.status_period": (
        "Kỳ (T8/2026, 2026, …); bỏ trống để xem cả thư mục làm việc.",
        "The period (T8/2026, 2026, …); leave it out for the whole workspace.",
    ),
    "help.show": ("Xem một bảng tổng hợp.", "Show a summary table."),
    "help.table": (
        "Tên bảng: growth, decomposition, annex, coverage, missing hoặc awaiting.",
        "The table: growth, decomposition, annex, coverage, missing or awaiting.",
    ),
    "help.show_period": (
        "Kỳ: 2023, 2023-H1, 2023-9M, 2023-Q1, 2023-01, T8/2026, Quý I/2023, 6T/2023.",
        "The period: 2023, 2023-H1, 2023-9M, 2023-Q1, 2023-01, T8/2026.",
    ),
    "help.area": ("Địa bàn: mã hoặc tên, không dấu cũng được.", "An area: its code or name."),
    "help.by": ("Phân theo một cột của danh mục cơ sở (ownership, type, …).", "By a column of the facility register."),
    "help.indicator": ("Chỉ tiêu: mã hoặc tên; dùng được nhiều lần.", "An indicator: code or name; may be repeated."),
    "help.boundaries": (
        "Địa giới: ngày có hiệu lực (2025-07-01); mặc định là mới nhất.",
        "Boundaries: the day they came into force; by default the newest.",
    ),
    "help.format": ("Dạng: table, csv, json hoặc md.", "The format: table, csv, json or md."),
    "help.output": (
        "Ghi ra tệp này thay vì màn hình; tên tận cùng .xlsx thì ghi thành sổ Excel.",
        "Write to this file instead of the screen; a name in .xlsx becomes a workbook.",
    ),
    "help.publish": ("Xuất một báo cáo, ví dụ: publish annual 2023.", "Make a publication, e.g. publish annual 2023."),
    "help.publication": ("Tên báo cáo trong pipelines/publications.", "A publication of pipelines/publications."),
    "help.to": (
        "Dạng của báo cáo: html, xlsx, hoặc cả hai: html,xlsx.",
        "The publication's formats: html, xlsx, or both: html,xlsx.",
    ),
    "help.output_dir": ("Thư mục để ghi.", "The folder to write to."),
    "help.query": (
        "Hỏi bằng SQL, chỉ đọc: growth, coverage, observations, reports, findings, submissions, …",
        "Ask in SQL, read-only: growth, coverage, observations, reports, findings, submissions, …",
    ),
    "help.sql": ("Một câu SELECT.", "One SELECT."),
    "help.verify": (
        "Kiểm tra toàn bộ kho: từng lần nhận, từng tệp, từng byte.",
        "Check the whole store: every run, every file, every byte.",
    ),
}
