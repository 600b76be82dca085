"""What marked workbooks and blank forms say. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "help.mark": (
        "Ghi lại từng tệp gửi đến, tô màu và chú thích ô cần xem, vào thư mục mới này.",
        "Write each sender's own workbook, its cells coloured and commented, into this new folder.",
    ),
    "error.mark_in_store": (
        "{path} nằm trong kho dữ liệu: tệp đánh dấu sẽ lẫn với tệp gốc. Hãy chọn thư mục khác",
        "{path} lies within the data: marked files would be taken for originals. Choose another folder",
    ),
    "error.mark_not_empty": (
        "{path} đã có tệp; để không ghi đè tệp đang sửa, hãy chọn thư mục mới",
        "{path} holds files already; choose a new folder, so that nothing being corrected is overwritten",
    ),
    "sheet.marks": ("Cần xem", "To look at"),
    "mark.title": ("Những chỗ cần xem trong tệp {name}", "What is to be looked at in {name}"),
    "mark.how": (
        "Sửa ở các trang sau, lưu rồi gửi lại tệp này. Trang này chỉ để xem, khi nhận lại sẽ được bỏ qua.",
        "Correct it on the sheets that follow, save, and send this file again. This sheet is passed over then.",
    ),
    "mark.said": (
        "Khi nhận tệp này đã nói thêm {options}; nhận lại tệp này thì không phải nói lại.",
        "Taken in with {options}; when this file is taken in again, that need not be said again.",
    ),
    "mark.lost": ("Không giữ được của tệp gốc: {what}.", "Not kept of the original: {what}."),
    "mark.converted": (
        "Tệp gốc không phải .xlsx: đây là bản chép các ô, không có định dạng của tệp gốc.",
        "The original is no .xlsx: this is a copy of its cells, without its formats.",
    ),
    "mark.from_csv": (
        "Tệp gốc là CSV: đây là bản chép từng dòng. Cũng có thể lưu riêng trang sau thành CSV UTF-8 rồi gửi lại.",
        "The original is a CSV: this is a copy line by line. The next sheet may also be saved alone as CSV UTF-8.",
    ),
    "mark.cell": ("Ô", "Cell"),
    "mark.severity": ("Mức", "Severity"),
    "mark.finding_code": ("Mã lỗi", "Code"),
    "mark.finding": ("Nội dung", "What it is"),
    "mark.received": ("Như viết trong tệp", "As received"),
    "mark.suggested": ("Gợi ý", "Suggestion"),
    "mark.suggestion": ("Gợi ý: {text}", "Suggestion: {text}"),
    "lost.picture": ("ảnh", "pictures"),
    "lost.chart": ("biểu đồ", "charts"),
    "lost.shape": ("hình vẽ", "drawn shapes"),
    "lost.embedded": ("tệp nhúng", "embedded files"),
    "lost.slicer": ("bộ lọc slicer", "slicers"),
    "lost.connection": ("kết nối dữ liệu", "data connections"),
    "lost.thread": ("bình luận theo luồng", "threaded comments"),
    "lost.signature": ("chữ ký số", "the digital signature"),
    "lost.extension": (
        "định dạng có điều kiện, danh sách chọn kiểu mới",
        "conditional formats and drop-down lists of the newer kind",
    ),
    "refused.working": (
        "có macro hoặc nút bấm, ghi lại sẽ làm hỏng",
        "it has macros or controls that writing it anew would break",
    ),
    "refused.large": ("tệp quá lớn để tô từng ô", "it is too large to be marked cell by cell"),
    "screen.marked": ("{path}: {findings} chỗ cần xem", "{path}: {findings} to look at"),
    "screen.marked_lost": ("{name}: không giữ được {what}.", "{name}: {what} could not be kept."),
    "screen.not_marked": (
        '{name}: không đánh dấu được ({why}). Xem bằng: healthstats findings --file "{name}"',
        '{name}: not marked ({why}). Look at it with: healthstats findings --file "{name}"',
    ),
    "screen.marked_next": (
        "Đã đánh dấu {files} tệp. Gửi lại cho đơn vị sửa, rồi nhận lại: healthstats ingest TỆP",
        "{files} files marked. Send them back to be corrected, then: healthstats ingest FILE",
    ),
    "screen.none_marked": ("Không có tệp nào được đánh dấu.", "No file was marked."),
    "help.template": (
        "Lập biểu trống của một cơ sở, một kỳ; điền xong thì nhận được ngay.",
        "Make the blank form of a facility and period; filled in, it is taken in as it is.",
    ),
    "help.template_form": ("Mã biểu mẫu, ví dụ bieu9.", "The form's code, such as bieu9."),
    "help.template_period": ("Kỳ báo cáo (T8/2026, 2026).", "The period (T8/2026, 2026)."),
    "help.template_facility": (
        "Cơ sở (mã hoặc tên); biểu theo địa bàn thì không cần.",
        "The facility (code or name); forms by area need none.",
    ),
    "help.template_output": ("Ghi vào tệp này; không ghi đè tệp đã có.", "Write to this file, never over one."),
    "screen.template_next": (
        "Điền vào các ô màu, lưu rồi nhận: healthstats ingest {path}",
        "Fill in the coloured cells, save, then: healthstats ingest {path}",
    ),
    "template.facility": ("Đơn vị báo cáo: {name}", "Reporting unit: {name}"),
    "template.code": ("Mã cơ sở: {code}", "Facility code: {code}"),
    "template.period": ("Báo cáo {period}", "Report of {period}"),
    "template.official": ("Theo {source}", "As in {source}"),
    "template.unofficial": (
        "Mẫu của phần mềm, không phải biểu mẫu ban hành",
        "A layout of this software, not an issued form",
    ),
    "template.input": ("Ô nhập số", "A figure"),
    "template.wrong": ("Chưa đúng", "Not so"),
    "template.count": ("Số nguyên từ 0 trở lên.", "A whole number of at least 0."),
    "template.decimal": ("Số từ 0 trở lên.", "A number of at least 0."),
    "template.missing": ("Không có số liệu thì để trống.", "Leave it empty where there is no figure."),
    "template.zero": ("Để trống là 0.", "Empty means 0."),
    "error.template_there": (
        "{path} đã có; để không ghi đè tệp đang điền, hãy chọn tên khác bằng -o",
        "{path} is there already; choose another name with -o, so that nothing filled in is overwritten",
    ),
    "error.template_no_edition": (
        "{form} không có phiên bản nào có hiệu lực trong kỳ {period}; hãy chọn kỳ khác",
        "No edition of {form} is in force in {period}; choose another period",
    ),
    "error.template_period": (
        "{form} không lập cho kỳ {period}; loại kỳ của biểu: {kinds}",
        "{form} is not made for {period}; its kind of period: {kinds}",
    ),
    "error.template_of_areas": (
        "{form} là biểu theo địa bàn: hãy bỏ --facility",
        "{form} is a form by area: leave out --facility",
    ),
    "error.template_of_facility": (
        "{form} là biểu của cơ sở: hãy thêm --facility MÃ",
        "{form} is a form of facilities: add --facility CODE",
    ),
    "error.template_not_open": (
        "Cơ sở {facility} không hoạt động trong kỳ {period} theo danh mục; hãy xem lại mã hoặc kỳ",
        "By the register the facility {facility} is not open in {period}; look at the code or the period",
    ),
}
