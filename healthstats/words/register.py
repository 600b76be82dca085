"""register import: what it shows, asks and refuses, and what is doubtful in a list. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "help.register": (
        "Danh mục cơ sở, dân số, kế hoạch: nhập từ bảng Excel hoặc CSV của mình.",
        "Registers of facilities, populations and plans: read from one's own Excel or CSV.",
    ),
    "help.register_import": (
        "So một danh sách với danh mục, cho xem khác biệt, hỏi rồi mới ghi.",
        "Compare a list with the register, show the differences, ask, then write.",
    ),
    "help.register_file": (
        "Danh sách cơ sở, dân số hoặc kế hoạch (xlsx, xls, csv).",
        "A list of facilities, populations or plans (xlsx, xls, csv).",
    ),
    "help.on": (
        "Ngày mà các thay đổi bắt đầu có hiệu lực (2026-01-01).",
        "The day from which the changes hold (2026-01-01).",
    ),
    "help.keep": (
        "Giữ cột này thành một nhóm của danh mục; dùng được nhiều lần.",
        "Keep this column as a group of the register; may be repeated.",
    ),
    "help.ignore": ("Bỏ qua cột này; dùng được nhiều lần.", "Pass over this column; may be repeated."),
    "help.sheet": ("Chỉ đọc trang tính này; dùng được nhiều lần.", "Read this sheet only; may be repeated."),
    "help.complete": (
        "Danh sách đã đủ: cơ sở không có tên trong đó là đã đóng, ngay trước ngày --on.",
        "The list is complete: who is not on it closed on the day before --on.",
    ),
    "help.pad": (
        "Thêm số 0 vào đầu những mã ngắn mà bảng tính đã làm mất.",
        "Put back the leading zeros that a spreadsheet dropped from codes.",
    ),
    "help.source": (
        "Nguồn của dân số hay kế hoạch; mặc định là tên tệp.",
        "The source of populations or plans; by default the file's name.",
    ),
    "help.all": ("Cho xem mọi dòng khác biệt.", "Show every line of the differences."),
    "help.yes": ("Ghi mà không hỏi.", "Write without asking."),
    "register.compared": (
        "{name}: {rows} dòng, so với pipelines/registers/{register}.csv",
        "{name}: {rows} rows, against pipelines/registers/{register}.csv",
    ),
    "register.headings": ("Cột đã hiểu: {headings}", "Columns understood: {headings}"),
    "register.unused": (
        'Cột không dùng: {labels}. Muốn giữ một cột làm nhóm: --keep "{first}"',
        'Columns not used: {labels}. To keep one as a group: --keep "{first}"',
    ),
    "register.unused_only": ("Cột không dùng: {labels}", "Columns not used: {labels}"),
    "register.passed": (
        "Bỏ qua {count} dòng không phải số liệu (tên mục, dòng ký)",
        "{count} rows that are no entries (titles, signatures) were passed over",
    ),
    "register.new": ("Mới: {count}", "New: {count}"),
    "register.closed": ("Đóng: {count}", "Closed: {count}"),
    "register.reopened": ("Mở lại: {count}", "Reopened: {count}"),
    "register.renamed": ("Đổi tên: {count}", "Renamed: {count}"),
    "register.changed": ("Thay đổi: {count}", "Changed: {count}"),
    "register.filled": ("Điền chỗ trống: {count}", "Blanks filled: {count}"),
    "register.recoded": ("Đổi mã: {count}", "New code: {count}"),
    "register.kept": (
        "Khác nhau nhưng giữ theo danh mục (sửa tay nếu danh sách đúng): {count}",
        "Different, kept as the register has it (mend by hand if the list is right): {count}",
    ),
    "register.absent": (
        "Không có trong danh sách, giữ nguyên (nếu danh sách đã đủ, gõ thêm --complete): {count}",
        "Not on the list, left as they are (if the list is complete, add --complete): {count}",
    ),
    "register.unplaced": (
        "Chưa rõ địa bàn trước lần đổi địa giới gần nhất (thêm cột “Tỉnh cũ” rồi nhập, hoặc điền area vào dòng trước): "
        "{count}",
        "Area before the last change of boundaries not known (import with a column “Old province”, or fill in area on "
        "the earlier line): {count}",
    ),
    "register.same": ("Không đổi: {count}", "The same: {count}"),
    "register.doubts": ("Cần xem, chưa ghi: {count}", "To look at, not written: {count}"),
    "register.from": ("từ {day}", "from {day}"),
    "register.until": ("đến hết {day}", "until {day}"),
    "register.undated": ("không rõ ngày mở", "opening day not known"),
    "register.value": ("{column}: {before} → {after}", "{column}: {before} → {after}"),
    "register.value_new": ("{column}: {after}", "{column}: {after}"),
    "register.more": ("… và {count} dòng nữa; xem hết: --all", "… and {count} more; all of them: --all"),
    "register.incomplete": (
        "Chưa đóng cơ sở nào theo --complete: còn dòng cần xem, cơ sở vắng có thể chính là những dòng ấy.",
        "Nobody was closed by --complete: rows are in doubt, and the absent may be among them.",
    ),
    "register.ask_on": (
        "Các thay đổi có hiệu lực từ ngày nào? (năm-tháng-ngày, Enter là {today}) ",
        "From which day do the changes hold? (year-month-day, Enter for {today}) ",
    ),
    "register.ask_pad": (
        "{count} mã ngắn hơn {width} chữ số, ví dụ {short} → {padded}. Thêm số 0 ở đầu? [c/K] ",
        "{count} codes have fewer than {width} digits, e.g. {short} → {padded}. Put zeros in front? [y/N] ",
    ),
    "register.ask": ("Ghi vào {path}? [c/K] ", "Write into {path}? [y/N] "),
    "register.yes": ("c co có y yes", "y yes c co có"),
    "register.written": ("Đã ghi {path}.", "{path} is written."),
    "register.written_next": (
        "Đã ghi {path}. Gõ tiếp: healthstats ingest --retry",
        "{path} is written. Type next: healthstats ingest --retry",
    ),
    "register.not_written": ("Chưa ghi gì.", "Nothing was written."),
    "register.nothing": ("Danh mục đã khớp, không có gì để ghi.", "The register agrees; there is nothing to write."),
    "register.column.facility": ("mã", "code"),
    "register.column.name": ("tên", "name"),
    "register.column.area": ("địa bàn", "area"),
    "register.column.area_before": ("địa bàn cũ", "area before"),
    "register.column.licence": ("giấy phép", "licence"),
    "register.column.ownership": ("sở hữu", "ownership"),
    "register.column.type": ("loại hình", "type"),
    "register.column.level": ("tuyến", "level"),
    "register.column.grade": ("hạng", "grade"),
    "register.column.tier": ("cấp", "tier"),
    "register.column.valid_from": ("ngày mở", "opened"),
    "register.column.valid_to": ("ngày đóng", "closed"),
    "register.column.successor": ("kế thừa", "successor"),
    "register.column.population": ("dân số", "population"),
    "register.column.year": ("năm", "year"),
    "register.column.value": ("kế hoạch", "plan"),
    "register.column.indicator": ("chỉ tiêu", "indicator"),
    "register.column.period": ("kỳ", "period"),
    "register.column.source": ("nguồn", "source"),
    "register.column.boundaries": ("địa giới", "boundaries"),
    "register.column.number": ("số thứ tự", "number"),
    "group.grade": ("hạng", "grade"),
    "group.tier": ("cấp chuyên môn", "tier"),
    "error.list_refused": ("{reason}", "{reason}"),
    "error.register_formula": (
        "Cột {column}: “{text}” là công thức khi mở danh mục bằng Excel, nên không ghi. Sửa tên trong tệp rồi gõ lại lệnh",
        "Column {column}: “{text}” is a formula once the register is opened in Excel, and is not written. Mend the name in the file, then type the command again",
    ),
    "error.list_unreadable": ("{name}: {reason}", "{name}: {reason}"),
    "error.register_not_utf8": (
        "{path} không phải UTF-8; hãy lưu lại dạng “CSV UTF-8” rồi chạy lại",
        "{path} is not UTF-8; save it as “CSV UTF-8” and run again",
    ),
    "error.register_changed_meanwhile": (
        "{path} vừa bị sửa trong lúc hỏi, chưa ghi gì; hãy chạy lại",
        "{path} was changed while you were asked; nothing was written, run again",
    ),
    "error.not_confirmed": (
        "Chưa ghi gì: không hỏi được vì đây không phải màn hình gõ lệnh. Xem xong, gõ lại với: {options}",
        "Nothing was written: nobody can be asked, as this is no terminal. When you agree, type again with: {options}",
    ),
    "error.on_needed": (
        "Chưa ghi gì: cần ngày mà các thay đổi có hiệu lực, ví dụ --on {today}",
        "Nothing was written: say from which day the changes hold, e.g. --on {today}",
    ),
    "error.keep_name": (
        "Không giữ được cột “{text}” làm nhóm: tên cột phải bắt đầu bằng chữ; hãy đổi tên cột trong tệp",
        "The column “{text}” cannot be kept as a group: its name must begin with a letter; rename it in the file",
    ),
    "error.keep_missing": (
        "Danh sách không có cột “{text}”. Các cột chưa dùng: {labels}",
        "The list has no column “{text}”. Columns not used: {labels}",
    ),
}
