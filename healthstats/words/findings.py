"""Findings: flaws in the data. Key `finding.CODE` → (Vietnamese, English); `title.CODE` names the kind in a list."""

from healthstats.words import lists, mistakes

SENTENCES: dict[str, tuple[str, str]] = {
    # The workbook: its sheets, its header, its rows
    "title.UNREADABLE_WORKBOOK": ("Sổ tính không mở được", "Workbook that does not open"),
    "finding.UNREADABLE_WORKBOOK": (
        "Tệp không mở được như một sổ tính Excel: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
        "The file does not open as an Excel workbook: open it in Excel, save it as .xlsx and send it again.",
    ),
    "title.READER_DIED": ("Tệp quá lớn hoặc hỏng cấu trúc", "File too large or malformed"),
    "finding.READER_DIED": (
        "Tệp quá lớn hoặc hỏng cấu trúc, bộ đọc đã phải dừng: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
        "The file is too large or malformed, its reader had to stop: open it in Excel, save it as .xlsx, "
        "send it again.",
    ),
    "title.READER_TIMEOUT": ("Tệp đọc quá lâu", "File that takes too long to read"),
    "finding.READER_TIMEOUT": (
        "Tệp quá lớn hoặc hỏng cấu trúc, đọc quá {seconds} giây: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
        "The file is too large or malformed, over {seconds} s to read: open it in Excel, save it as .xlsx, "
        "send it again.",
    ),
    "title.UNKNOWN_LAYOUT": ("Không nhận ra biểu mẫu", "Unknown layout"),
    "finding.UNKNOWN_LAYOUT": (
        "Không trang tính nào có tiêu đề cột của một biểu mẫu đã biết: dùng đúng biểu mẫu, hoặc để máy đề xuất định "
        "nghĩa: healthstats ingest --propose-form TỆP",
        "No sheet has the column headings of a known form: use the form as issued, or have a definition proposed: "
        "healthstats ingest --propose-form FILE",
    ),
    "title.UNKNOWN_CSV": ("CSV không có tiêu đề đã biết", "CSV without a known header"),
    "finding.UNKNOWN_CSV": (
        "Dòng đầu của tệp CSV cần các cột cơ sở, kỳ, chỉ tiêu, giá trị: sửa dòng tiêu đề rồi gửi lại.",
        "The first line of the CSV needs the columns facility, period, element, value: mend the header and "
        "send it again.",
    ),
    "title.UNREADABLE_TEXT": ("Bảng mã không nhận ra", "Unknown text encoding"),
    "finding.UNREADABLE_TEXT": (
        "Không nhận ra bảng mã của tệp (từ byte {offset}): lưu lại dạng CSV UTF-8 rồi gửi lại.",
        "The text encoding is not known (from byte {offset}): save it as CSV UTF-8 and send it again.",
    ),
    "title.TEXT_DECODED": ("Chữ theo bảng mã cũ", "Text in an old code"),
    "finding.TEXT_DECODED": (
        "{cells} ô có chữ theo bảng mã {code}, đã chuyển sang Unicode: nên dùng phông Unicode khi gửi lần sau.",
        "{cells} cells held {code} text, which was turned into Unicode: a Unicode font is safer next time.",
    ),
    "title.FILE_DECODED": ("Tệp theo bảng mã cũ", "File in an old code"),
    "finding.FILE_DECODED": (
        "Cả tệp theo bảng mã {code}, đã chuyển sang Unicode: lần sau nên lưu dạng CSV UTF-8.",
        "The whole file is {code} text, which was turned into Unicode: save it as CSV UTF-8 next time.",
    ),
    "title.TEXT_IN_DOUBT": ("Chữ đọc được theo hai cách", "Text that can be read in two ways"),
    "finding.TEXT_IN_DOUBT": (
        "Chữ “{said}” cũng có thể là “{meant}” theo bảng mã cũ ({cells} ô như vậy), giữ nguyên như đã gửi: gõ lại bằng "
        "phông Unicode rồi gửi lại.",
        "The text “{said}” may also be “{meant}” in an old code ({cells} such cells); it was left as sent: type it in "
        "a Unicode font and send it again.",
    ),
    "title.MISSING_COLUMN": ("Thiếu cột", "Missing column"),
    "finding.MISSING_COLUMN": (
        "Tiêu đề giống “{form_vi}” nhưng thiếu cột: {labels}. Thêm lại cột đúng tên rồi gửi lại.",
        "The header looks like “{form_en}” but lacks: {labels}. Put the columns back as named and send it again.",
    ),
    "title.COLUMN_TWICE": ("Cột lặp lại", "Column that stands twice"),
    "finding.COLUMN_TWICE": (
        "Tiêu đề giống “{form_vi}” nhưng có hơn một cột cho: {labels}. Để lại đúng một cột rồi gửi lại.",
        "The header looks like “{form_en}” but has more than one column for: {labels}. Leave one and send it again.",
    ),
    "title.AMBIGUOUS_FORM": ("Nhiều biểu mẫu cùng tiêu đề", "Header of several forms"),
    "finding.AMBIGUOUS_FORM": (
        "Tiêu đề cột hợp với nhiều biểu mẫu ({forms}): gõ thêm --form để chọn một.",
        "The header fits several forms ({forms}): choose one with --form.",
    ),
    "title.SHEET_NOT_READ": ("Trang tính không đọc", "Sheet not read"),
    "finding.SHEET_NOT_READ": (
        "Trang tính này không có tiêu đề của biểu mẫu nào, hoặc biểu mẫu không lấy số liệu ở đây: không đọc.",
        "This sheet has no form's header, or is not among the sheets that its form names: it was not read.",
    ),
    "title.LONG_SHEETS": ("Nhiều trang tính dạng dài", "Several sheets of records"),
    "finding.LONG_SHEETS": (
        "Các trang {sheets} đều có dòng số liệu dạng dài, mà một tệp chỉ được một trang nên chưa lấy dòng nào: gộp vào "
        "một trang, hoặc gửi mỗi trang thành một tệp.",
        "The sheets {sheets} all hold records, a file may have one such sheet, and nothing was taken: put them on one "
        "sheet, or send each as a file of its own.",
    ),
    "title.NO_SUCH_SHEET": ("Không có trang tính đã gọi", "No such sheet"),
    "finding.NO_SUCH_SHEET": (
        "Tệp không có trang tính “{sheet}” nên không đọc: gõ lại --sheet với một trong các trang {sheets}.",
        "The workbook has no sheet “{sheet}” and was not read: type --sheet again with one of {sheets}.",
    ),
    "title.HIDDEN_SHEET": ("Trang tính ẩn", "Hidden sheet"),
    "finding.HIDDEN_SHEET": (
        "Trang tính đang ẩn nên không đọc: nếu có số liệu, bỏ ẩn rồi gửi lại, hoặc nhận với --sheet và tên trang.",
        "The sheet is hidden and was not read: if it holds data, send it unhidden, or take it in with --sheet NAME.",
    ),
    "title.HIDDEN_SHEET_READ": ("Trang tính ẩn được đọc", "Hidden sheet that was read"),
    "finding.HIDDEN_SHEET_READ": (
        "Trang tính đang ẩn nhưng được gọi đúng tên nên vẫn được đọc: kiểm tra xem có đúng là số liệu cần gửi không.",
        "The sheet is hidden, but it was asked for by name, so it was read: check that its figures are meant.",
    ),
    "title.HIDDEN_ROW": ("Dòng ẩn", "Hidden row"),
    "finding.HIDDEN_ROW": (
        "Dòng {number} đang ẩn, số liệu vẫn được đọc: kiểm tra xem có đúng là số liệu cần gửi không.",
        "Row {number} is hidden and was read all the same: check that its figures are meant.",
    ),
    "title.HIDDEN_COLUMN": ("Cột ẩn", "Hidden column"),
    "finding.HIDDEN_COLUMN": (
        "Cột ở {cell} đang ẩn, số liệu vẫn được đọc: kiểm tra xem có đúng là số liệu cần gửi không.",
        "The column at {cell} is hidden and was read all the same: check that its figures are meant.",
    ),
    "title.SHEET_FULL": ("Trang tính đầy", "Full sheet"),
    "finding.SHEET_FULL": (
        "Trang tính đầy {rows} dòng, số liệu có thể đã bị cắt: chia thành nhiều tệp hoặc gửi dạng CSV.",
        "The sheet is full ({rows} rows), data may be cut off: split it into several files or send it as CSV.",
    ),
    "title.IGNORED_COLUMN": ("Cột ngoài biểu mẫu", "Column outside the form"),
    "finding.IGNORED_COLUMN": (
        "Cột “{label}” không có trong biểu mẫu: {cells} ô không được lấy.",
        "Column “{label}” is not in the form: {cells} cells were left out.",
    ),
    "title.UNIT_IN_TITLE": ("Đơn vị tính khác", "Unit in the title"),
    "finding.UNIT_IN_TITLE": (
        "Phần đầu biểu ghi đơn vị tính “{unit}”, biểu mẫu {form} không nhận: số đã là đơn vị gốc thì xóa dòng đó rồi "
        "gửi lại; nếu đúng, thêm vào title_units của forms/{form}.toml rồi gõ healthstats ingest --retry.",
        "The title states the unit “{unit}”, which form {form} does not take: delete that line and send it again if "
        "the figures are plain; if it is right, add it to title_units in forms/{form}.toml and type healthstats "
        "ingest --retry.",
    ),
    "title.UNIT_APPLIED": ("Đã đổi về đơn vị gốc", "Turned into plain units"),
    "finding.UNIT_APPLIED": (
        "Phần đầu biểu ghi đơn vị tính “{unit}”: các số tính theo đơn vị đó đã được nhân lên thành đơn vị gốc.",
        "The title states the unit “{unit}”: the figures counted in it were multiplied into plain units.",
    ),
    "title.NO_DATA_ROWS": ("Không có dòng số liệu", "No data rows"),
    "finding.NO_DATA_ROWS": (
        "Dưới tiêu đề cột không có dòng nào của cơ sở: điền số liệu rồi gửi lại.",
        "Below the header no row is a facility's: fill the form in and send it again.",
    ),
    "title.DATA_AFTER_END": ("Số liệu sau phần ký", "Figures below the signature"),
    "finding.DATA_AFTER_END": (
        "Dòng này có số nhưng nằm dưới phần ký nên không đọc: chuyển lên trên rồi gửi lại nếu là số liệu.",
        "This row holds figures but stands below the signature and was not read: move it up and send it "
        "again if it is data.",
    ),
    "title.HELD_BY_A_SUM": ("Cơ sở đã có trong dòng gộp", "Facility within a summed row"),
    "finding.HELD_BY_A_SUM": (
        "Danh mục gộp {facility} vào {other}: tháng nào {other} có báo cáo thì số liệu riêng này không cộng thêm; "
        "nếu gộp sai, hãy sửa cột stands_for.",
        "The register sums {facility} in {other}: in a month that {other} reports, these figures are not added; if "
        "that is wrong, mend the column stands_for.",
    ),
    "title.STANDS_FOR_DIFFERS": ("Số cơ sở khác danh mục", "Number of facilities differs from the register"),
    "finding.STANDS_FOR_DIFFERS": (
        "Dòng ghi {count} cơ sở nhưng danh mục ghi {facility} thay cho {stands_for}: sửa cột stands_for trong "
        "pipelines/registers/facilities.csv, hoặc hỏi lại đơn vị.",
        "The row says {count} facilities but the register has {facility} stand for {stands_for}: mend the column "
        "stands_for in pipelines/registers/facilities.csv, or ask the sender.",
    ),
    "title.OF_WHICH_NOT_READ": ("Dòng “trong đó” có số", "Part of a row with figures"),
    "finding.OF_WHICH_NOT_READ": (
        "Dòng “{name}” nằm dưới “trong đó” và không có trong danh mục nên số không được lấy: nếu là cơ sở, ghi thành "
        "dòng riêng có số thứ tự rồi gửi lại.",
        "Row “{name}” stands below “of which” and is not in the register, so its figures were not taken: if it is a "
        "facility, give it a numbered row of its own and send it again.",
    ),
    "title.TOTAL_DIFFERS": ("Tổng khác cộng dòng", "Total that differs from its rows"),
    "finding.TOTAL_DIFFERS": (
        "Dòng “{row}” ghi {printed_vi} nhưng cộng các dòng được {computed_vi}: kiểm tra lại các dòng và dòng tổng.",
        "Row “{row}” prints {printed_en} but its rows add up to {computed_en}: check the rows and the total.",
    ),
    "title.ROW_TOTAL_DIFFERS": ("Cột tổng khác cộng các kỳ", "Total column that differs from its periods"),
    "finding.ROW_TOTAL_DIFFERS": (
        "Dòng “{row}”, cột tổng ghi {printed_vi} nhưng cộng các kỳ được {computed_vi}: kiểm tra lại các kỳ và cột tổng.",
        "Row “{row}”: the total column prints {printed_en} but the periods add up to {computed_en}: check both.",
    ),
    # Whose figures, of when
    "title.UNKNOWN_ITEM": ("Không rõ trang tính về mục nào", "Sheet of an unknown item"),
    "finding.UNKNOWN_ITEM": (
        "Tên trang tính “{said}” không có trong danh sách của biểu mẫu; gần nhất: {suggestions}. Sửa tên trang, hoặc thêm cách viết này vào [items] của biểu mẫu.",
        "The sheet's name “{said}” is not in the form's list; nearest: {suggestions}. Mend the name, or add this spelling to the form's [items].",
    ),
    "title.ITEM_CONTRADICTS": ("Tiêu đề và tên trang tính khác nhau", "Title and sheet name disagree"),
    "finding.ITEM_CONTRADICTS": (
        "Tiêu đề và tên trang tính nói về các mục khác nhau: {items}. Sửa cho khớp rồi gửi lại.",
        "The title and the sheet's name speak of different items: {items}. Make them agree and send it again.",
    ),
    "title.YEAR_MISSING": ("Không rõ năm", "No year"),
    "finding.YEAR_MISSING": (
        "Các cột ghi tháng nhưng tiêu đề, tên trang và tên tệp không ghi năm: thêm --period, ví dụ --period 2023.",
        "The columns name months, but title, sheet name and file name no year: add --period, such as --period 2023.",
    ),
    "title.PERIOD_MISSING": ("Không rõ kỳ báo cáo", "No period"),
    "finding.PERIOD_MISSING": (
        "Không thấy kỳ báo cáo trong biểu, tên trang tính hay tên tệp: ghi kỳ vào tiêu đề rồi gửi lại, hoặc gõ thêm "
        "--period, ví dụ --period 2026-08.",
        "No period in the title, the sheet's name or the file's name: write it into the title and send it again, or type "
        "--period, for example --period 2026-08.",
    ),
    "title.PERIOD_MISSING_IN_ROW": ("Dòng không rõ kỳ", "Row without a period"),
    "finding.PERIOD_MISSING_IN_ROW": (
        "Cột kỳ báo cáo của dòng này trống hoặc không đọc được: điền tháng và năm rồi gửi lại.",
        "The period of this row is empty or cannot be read: fill in month and year and send it again.",
    ),
    "title.PERIOD_CONTRADICTS": ("Kỳ báo cáo mâu thuẫn", "Contradictory periods"),
    "finding.PERIOD_CONTRADICTS": (
        "Các kỳ được nêu mâu thuẫn nhau ({periods}) nên cả trang tính chưa được nhận: sửa cho thống nhất rồi gửi lại.",
        "The stated periods contradict each other ({periods}), so the sheet was not taken in: mend them and "
        "send it again.",
    ),
    "title.PERIOD_CONTRADICTS_BELOW": ("Bảng thứ hai của kỳ khác", "Second table of another period"),
    "finding.PERIOD_CONTRADICTS_BELOW": (
        "Bảng bên dưới ghi “{said}”, khác kỳ của trang tính ({periods}), nên các dòng từ đây chưa được nhận: "
        "chuyển sang trang tính riêng rồi gửi lại.",
        "The table below says “{said}”, not the sheet's period ({periods}), so the rows from here on were not "
        "taken in: move them to a sheet of their own and send it again.",
    ),
    "title.TITLE_CUMULATIVE": ("Số lũy kế", "Cumulative figures"),
    "finding.TITLE_CUMULATIVE": (
        "“{said}” là số lũy kế, còn biểu này nhận số của riêng từng kỳ nên cả trang tính chưa được nhận: gửi số "
        "trong kỳ, hoặc gõ thêm --period nếu đúng là số của một kỳ.",
        "“{said}” is cumulative, but this form takes each period's own figures, so the sheet was not taken in: "
        "send the period's figures, or type --period if they are one period's.",
    ),
    "title.FIGURES_ESTIMATED": ("Số liệu ước", "Estimated figures"),
    "finding.FIGURES_ESTIMATED": (
        "Tiêu đề ghi số liệu ước nên các số được nhận với trạng thái “ước”: gửi lại khi có số chính thức.",
        "The title says that these are estimates, so they were taken in with that status: send the final ones later.",
    ),
    "title.PERIOD_UNCLEAR": ("Kỳ báo cáo không rõ ràng", "Unclear period"),
    "finding.PERIOD_UNCLEAR": (
        "“{said}” nói nhiều tháng, kế hoạch hoặc số ước, không phải một kỳ, nên cả trang tính chưa được nhận: gửi "
        "riêng từng kỳ, hoặc gõ thêm --period để nói rõ kỳ.",
        "“{said}” speaks of several months, a plan or an estimate, not of one period, so the sheet was not taken in: "
        "send each period apart, or type --period to say which it is.",
    ),
    "title.PERIOD_NOT_AS_NAMED": ("Kỳ khác tên tệp", "Period differs from the file's name"),
    "finding.PERIOD_NOT_AS_NAMED": (
        "Tên tệp nêu {name} nhưng trong biểu là {period}: đã lấy theo biểu, hãy kiểm tra.",
        "The file's name says {name} but the form says {period}: the form was followed, check it.",
    ),
    "title.EDITION_NOT_IN_FORCE": ("Mẫu biểu không có hiệu lực", "Edition not in force"),
    "finding.EDITION_NOT_IN_FORCE": (
        "Mẫu “{form_vi}” này không có hiệu lực trong kỳ {period}: dùng đúng mẫu của kỳ, hoặc sửa kỳ báo cáo.",
        "This edition of “{form_en}” was not in force in {period}: use the period's edition, or mend the period.",
    ),
    "title.UNKNOWN_FACILITY": ("Không nhận ra cơ sở", "Unknown facility"),
    "finding.UNKNOWN_FACILITY": (
        "Không có “{said}” trong danh mục (gần nhất: {suggestions}): thêm vào danh mục hoặc bí danh, rồi gõ "
        "healthstats ingest --retry.",
        "“{said}” is not in the register (nearest: {suggestions}): add it or an alias, then type healthstats "
        "ingest --retry.",
    ),
    "title.AREA_NOT_THEN": ("Địa bàn không có trong kỳ đó", "No such area in that period"),
    "finding.AREA_NOT_THEN": (
        "“{said}” không phải địa bàn của địa giới vào cuối kỳ: ghi địa giới khi đó vào registers/areas.csv và "
        "area_changes.csv, rồi gõ healthstats ingest --retry.",
        "“{said}” is no area of the boundaries at the period's end: write those boundaries into registers/areas.csv and "
        "area_changes.csv, then type healthstats ingest --retry.",
    ),
    "title.AMBIGUOUS_FACILITY": ("Tên ứng với nhiều cơ sở", "Name of several facilities"),
    "finding.AMBIGUOUS_FACILITY": (
        "“{said}” ứng với hơn một cơ sở ({suggestions}): ghi mã cơ sở vào biểu, hoặc thêm bí danh, rồi gõ "
        "healthstats ingest --retry.",
        "“{said}” fits more than one facility ({suggestions}): put the code in the form, or add an alias, "
        "then type healthstats ingest --retry.",
    ),
    "title.FACILITY_CONTRADICTS": ("Cơ sở mâu thuẫn", "Contradictory facility"),
    "finding.FACILITY_CONTRADICTS": (
        "Mã, tên hoặc --facility chỉ các cơ sở khác nhau (“{said}”; {suggestions}): sửa cho thống nhất rồi gửi lại.",
        "Code, name or --facility point to different facilities (“{said}”; {suggestions}): mend them and "
        "send it again.",
    ),
    "title.FACILITY_MISSING": ("Dòng không rõ cơ sở", "Row without a facility"),
    "finding.FACILITY_MISSING": (
        "Dòng này có số nhưng không ghi cơ sở: điền tên hoặc mã, hoặc gõ thêm --facility nếu tệp chỉ có một dòng.",
        "This row has figures but no facility: fill in its name or code, or type --facility if it is the only row.",
    ),
    "title.CODE_NAME_DIFFER": ("Mã và tên không khớp", "Code and name that differ"),
    "finding.CODE_NAME_DIFFER": (
        "Mã {facility} trong danh mục là “{name}” nhưng tệp ghi “{said}”: đã lấy theo mã, hãy kiểm tra.",
        "Code {facility} is “{name}” in the register but the file says “{said}”: the code was followed, check it.",
    ),
    "title.DECIDED": ("Đã quyết định", "Decided"),
    "finding.DECIDED": (
        "{who} đã quyết định ngày {day} ({code}: {decision_vi}): {reason}.",
        "{who} decided on {day} ({code}: {decision_en}): {reason}.",
    ),
    "title.DECIDED_BEFORE": ("Đã quyết định ở tệp trước", "Decided of an earlier file"),
    "finding.DECIDED_BEFORE": (
        "{who} đã quyết định ngày {day} về chính số liệu này ở tệp trước ({code}: {decision_vi}): {reason}.",
        "{who} decided on {day} on this very figure in an earlier file ({code}: {decision_en}): {reason}.",
    ),
    "title.RETURNED": ("Trả lại", "Returned"),
    "finding.RETURNED": (
        "{who} đã trả lại ngày {day} ({code}): {reason}; chờ cơ sở gửi lại.",
        "{who} returned it on {day} ({code}): {reason}; the facility is to send it again.",
    ),
    "title.PASSED_OVER": ("Đã chọn tệp khác", "Another file chosen"),
    "finding.PASSED_OVER": (
        "{who} đã chọn một tệp khác cho báo cáo này ngày {day}: {reason}.",
        "{who} chose another file for this report on {day}: {reason}.",
    ),
    "title.SAID_BEFORE": ("Theo điều đã nói khi nhận tệp trước", "As was said of the file before"),
    "finding.SAID_BEFORE": (
        "Tệp đánh dấu gửi lại: nhận với {options} như tệp trước; nếu không đúng, hãy nhận lại với lựa chọn khác.",
        "A marked file sent back: taken in with {options} as the file before it; if that is wrong, say otherwise.",
    ),
    "title.NO_DECISION_LIST": ("Không phải danh sách quyết định", "No list of decisions"),
    "finding.NO_DECISION_LIST": (
        "Không thấy các cột của danh sách cần xem: dùng tệp do healthstats findings -o ghi ra.",
        "The columns of the list are not there: use the file that healthstats findings -o wrote.",
    ),
    "title.WHOLE_PERIOD": ("Báo cáo gộp nhiều tháng", "Report of several months at once"),
    "finding.WHOLE_PERIOD": (
        "{facility} báo cáo gộp cả kỳ {period}: số liệu chỉ được tính cho đúng kỳ ấy, kỳ dài hơn cộng từ báo cáo tháng; "
        "hãy xin báo cáo từng tháng.",
        "{facility} reports the whole of {period}: its figures count for that period alone, longer periods add up "
        "monthly reports; ask for the months.",
    ),
    "title.SUCCESSION_FOLLOWED": ("Ghi cho cơ sở kế thừa", "Taken for its successor"),
    "finding.SUCCESSION_FOLLOWED": (
        "{named} không hoạt động vào cuối kỳ {period}: số liệu được ghi cho {facility} theo cột successor của danh mục, "
        "hãy kiểm tra.",
        "{named} was not open at the end of {period}: the figures were taken for {facility}, as the register's "
        "successor column says; check it.",
    ),
    "title.REPORT_EMPTY": ("Báo cáo trống", "Empty report"),
    "finding.REPORT_EMPTY": (
        "“{name}” không có số liệu nào: điền số liệu rồi gửi lại, số không thì ghi 0.",
        "“{name}” holds no figures at all: fill them in and send it again, and write 0 for none.",
    ),
    "title.FACILITY_TWICE": ("Một cơ sở, địa bàn hoặc dòng hai lần", "A facility, area or item twice"),
    "finding.FACILITY_TWICE": (
        "{facility}, kỳ {period} có hơn một dòng (cũng ở: {others}): chưa lấy dòng nào, hãy để lại đúng một "
        "dòng rồi gửi lại.",
        "{facility}, {period} has more than one row (also at: {others}): none was taken; leave one and send it again.",
    ),
    "title.MORE_TWICE": ("Nhiều dòng trùng nhau", "Many rows of one facility, area or item"),
    "finding.MORE_TWICE": (
        "Còn {rows} dòng nữa cùng cơ sở, địa bàn hoặc dòng và cùng kỳ, ngoài {shown} dòng đã nêu riêng: chưa lấy dòng "
        "nào, hãy để lại đúng một dòng cho mỗi nơi rồi gửi lại.",
        "{rows} more rows are of one facility, area or item and one period, beside the {shown} told one by one: none "
        "was taken; leave one for each and send it again.",
    ),
    "title.UNEXPECTED_REPORT": ("Báo cáo ngoài dự kiến", "Unexpected report"),
    "finding.UNEXPECTED_REPORT": (
        "Theo danh mục, {facility} không phải gửi biểu này cho kỳ {period} (đã đóng, chưa mở, hoặc khác "
        "loại): số vẫn được tính, hãy kiểm tra.",
        "By the register {facility} need not send this form for {period} (closed, not open yet, or of another type): "
        "its values count, check it.",
    ),
    # Across cells and across files
    "title.PART_EXCEEDS_TOTAL": ("Phần lớn hơn tổng", "Part above its total"),
    "finding.PART_EXCEEDS_TOTAL": (
        "{left_vi} ({left_value_vi}) lớn hơn {right_vi} ({right_value_vi}): kiểm tra lại hai ô.",
        "{left_en} ({left_value_en}) is above {right_en} ({right_value_en}): check both cells.",
    ),
    "title.DEATHS_EXCEED_CASES": ("Chết nhiều hơn mắc", "Deaths above cases"),
    "finding.DEATHS_EXCEED_CASES": (
        "{left_vi} ({left_value_vi}) lớn hơn {right_vi} ({right_value_vi}): có thể là tử vong của ca mắc tháng trước; kiểm tra lại hai ô.",
        "{left_en} ({left_value_en}) is above {right_en} ({right_value_en}): perhaps deaths of an earlier month's cases; check both cells.",
    ),
    "title.MORE_STAY_THAN_CAME": ("Người bệnh cuối kỳ nhiều hơn số đã vào", "More patients at the end than came"),
    "finding.MORE_STAY_THAN_CAME": (
        "{left_vi} ({left_value_vi}) lớn hơn {right_vi} trừ {less_vi} ({right_value_vi}): kiểm tra lại các ô đầu kỳ, vào, tử vong, cuối kỳ.",
        "{left_en} ({left_value_en}) is above {right_en} less {less_en} ({right_value_en}): check the cells of start, admissions, deaths and end.",
    ),
    "title.DAYS_BELOW_STAYS": ("Ngày điều trị ít hơn lượt", "Days below stays"),
    "finding.DAYS_BELOW_STAYS": (
        "{left_vi} ({left_value_vi}) lớn hơn {right_vi} ({right_value_vi}): mỗi lượt ít nhất một ngày, kiểm tra lại hai ô.",
        "{left_en} ({left_value_en}) is above {right_en} ({right_value_en}): a stay is a day at least, check both cells.",
    ),
    "title.TOTAL_OF_PARTS": ("Tổng khác các phần", "Sum that differs from its parts"),
    "finding.TOTAL_OF_PARTS": (
        "{left_vi} ({left_value_vi}) khác {right_vi} ({right_value_vi}): kiểm tra lại các ô.",
        "{left_en} ({left_value_en}) differs from {right_en} ({right_value_en}): check the cells.",
    ),
    "title.CONFLICT": ("Hai tệp mâu thuẫn", "Two files in conflict"),
    "finding.CONFLICT": (
        "{facility}, {form}, kỳ {period}: tệp “{other}” cùng lần nhận có số khác: chưa lấy bên nào. Chọn một tệp (healthstats "
        "findings -o can-xem.xlsx, “chọn tệp này”), hoặc gửi lại bản đúng có ghi “sửa lần …”.",
        "{facility}, {form}, {period}: file “{other}” of the same run has other values: neither was taken. Choose one "
        "(healthstats findings -o can-xem.xlsx, “chọn tệp này”), or send the right one marked “sửa lần …”.",
    ),
    "title.CONFLICTS": ("Nhiều báo cáo mâu thuẫn", "Many reports in conflict"),
    "finding.CONFLICTS": (
        "Ngoài {shown} báo cáo đã nêu riêng, còn {reports} báo cáo có số khác tệp “{other}” cùng lần nhận: chưa lấy "
        "bên nào. Gửi lại tệp đúng.",
        "Beyond the {shown} told one by one, {reports} more reports differ from file “{other}” of the same run: "
        "neither was taken. Send the right file again.",
    ),
    "title.DUPLICATE_REPORTS": ("Nhiều báo cáo gửi hai lần", "Many reports sent twice"),
    "finding.DUPLICATE_REPORTS": (
        "{reports} báo cáo trong tệp này cũng có trong tệp “{other}” với cùng số liệu, không cần làm gì.",
        "{reports} reports of this file are in “{other}” too with the same values, nothing to do.",
    ),
    "title.DUPLICATE_REPORT": ("Báo cáo gửi hai lần", "Report sent twice"),
    "finding.DUPLICATE_REPORT": (
        "{facility}, kỳ {period}: tệp “{other}” có cùng số liệu, không cần làm gì.",
        "{facility}, {period}: file “{other}” has the same values, nothing to do.",
    ),
    "title.OUTRANKED": ("Bản cũ hơn bản đã nhận", "Older than what is stored"),
    "finding.OUTRANKED": (
        "{facility}, kỳ {period}: tệp ghi sửa lần {declared} nhưng đã nhận bản sửa lần {stored}: chỉ tiêu nào bản "
        "đã nhận thay thế thì vẫn theo bản đã nhận.",
        "{facility}, {period}: the file is revision {declared} but revision {stored} is stored: the elements that the "
        "stored one replaces stay as stored.",
    ),
    # The file as a whole
    "title.FILE_EMPTY": ("Tệp rỗng", "Empty file"),
    "finding.FILE_EMPTY": (
        "Tệp không có nội dung: kiểm tra lại rồi gửi lại.",
        "The file holds nothing: check it and send it again.",
    ),
    "title.FILE_ENCRYPTED": ("Tệp có mật khẩu", "Password-protected file"),
    "finding.FILE_ENCRYPTED": (
        "Tệp có mật khẩu nên không đọc được: mở tệp, bỏ mật khẩu, rồi gửi lại.",
        "The file has a password and cannot be read: open it, take the password off, and send it again.",
    ),
    "title.FILE_TRUNCATED": ("Tệp bị cắt cụt", "Truncated file"),
    "finding.FILE_TRUNCATED": (
        "Tệp bị thiếu phần cuối, có thể do chép hoặc tải chưa xong: chép lại toàn bộ tệp rồi gửi lại.",
        "The end of the file is missing, perhaps it was not copied whole: copy it again and send it again.",
    ),
    "title.PAGE_NOT_CLOSED": ("Trang web không có phần kết", "Web page without its end"),
    "finding.PAGE_NOT_CLOSED": (
        "Bảng trên trang web không có thẻ kết thúc, có thể tệp bị cắt: đối chiếu dòng cuối với bản gốc.",
        "The table of the web page is never closed, so the file may be cut off: compare its last row with the source.",
    ),
    "title.FILE_DAMAGED": ("Tệp hỏng cấu trúc", "Damaged file"),
    "finding.FILE_DAMAGED": (
        "Cấu trúc bên trong tệp bị hỏng: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
        "The file is damaged inside: open it in Excel, save it as .xlsx and send it again.",
    ),
    "title.FILE_HTML": ("Trang web lưu trọn", "Web page saved as one file"),
    "finding.FILE_HTML": (
        "Tệp thực ra là trang web lưu trọn trong một tệp (.mht): mở bằng Excel, lưu lại dạng .xlsx, rồi gửi lại.",
        "The file is really a web page saved as one file (.mht): open it in Excel, save it as .xlsx, and send it again.",
    ),
    "title.FILE_PDF": ("Tệp PDF chờ nhập tay", "PDF to be typed in"),
    "finding.FILE_PDF": (
        "Tệp PDF được giữ làm minh chứng, chờ nhập tay: nhập số liệu vào biểu Excel rồi nhận tệp đó, hoặc xin tệp "
        "Excel gốc.",
        "The PDF is kept as evidence and waits to be typed in: fill in the Excel form and take it in, or ask for the "
        "original Excel file.",
    ),
    "title.FILE_IMAGE": ("Tệp ảnh chờ nhập tay", "Picture to be typed in"),
    "finding.FILE_IMAGE": (
        "Tệp ảnh được giữ làm minh chứng, chờ nhập tay: nhập số liệu vào biểu Excel rồi nhận tệp đó, hoặc xin tệp "
        "Excel gốc.",
        "The picture is kept as evidence and waits to be typed in: fill in the Excel form and take it in, or ask for "
        "the original Excel file.",
    ),
    "title.MAIL_WITHOUT_FILES": ("Thư không có tệp", "Mail without files"),
    "finding.MAIL_WITHOUT_FILES": (
        "Thư không đính kèm tệp nào, được giữ lại chờ nhập tay: mở thư xem, nhập số liệu hoặc nhắc người gửi đính kèm "
        "tệp.",
        "Nothing is attached to the mail; it is kept and waits for a person: read it, type in its figures or ask the "
        "sender for the file.",
    ),
    "title.CONTAINER_OPENED": ("Thư hoặc tệp nén đã mở", "Mail or archive that was opened"),
    "finding.CONTAINER_OPENED": (
        "Đã lấy ra {files} tệp, mỗi tệp được nhận riêng; thư hoặc tệp nén được giữ làm minh chứng.",
        "{files} files were taken out, each taken in by itself; the mail or archive is kept as evidence.",
    ),
    "title.CLUTTER_LEFT_OUT": ("Tệp phụ bỏ qua", "Files passed over"),
    "finding.CLUTTER_LEFT_OUT": (
        "Bỏ qua {files} tệp phụ (tệp khóa, ảnh chữ ký…): {names}. Nếu trong đó có số liệu, hãy gửi riêng tệp đó.",
        "{files} files passed over (lock files, pictures of a signature and the like): {names}. If one holds figures, "
        "send it by itself.",
    ),
    "title.CONTAINER_TOO_DEEP": ("Nén lồng quá sâu", "Archives nested too deep"),
    "finding.CONTAINER_TOO_DEEP": (
        "Thư hoặc tệp nén lồng nhau quá ba lớp nên không mở: giải nén rồi gửi từng tệp Excel bên trong.",
        "Mails or archives nested more than three deep are not opened: unpack it and send each Excel file inside.",
    ),
    "title.FILE_ARCHIVE": ("Tệp nén không mở được", "Archive that is not opened here"),
    "finding.FILE_ARCHIVE": (
        "Tệp nén kiểu này (.rar, .7z, .gz…) không mở được ở đây: giải nén rồi gửi từng tệp Excel, hoặc nén lại dạng "
        ".zip.",
        "Archives of this kind (.rar, .7z, .gz and the like) are not opened here: unpack it and send each Excel file, "
        "or pack it as .zip.",
    ),
    "title.FILE_DOCUMENT": ("Tệp văn bản", "Text document"),
    "finding.FILE_DOCUMENT": (
        "Đây là văn bản (Word hoặc dạng tương tự), không phải sổ tính: gửi tệp Excel gốc.",
        "This is a document (Word or the like) and no workbook: send the original Excel file.",
    ),
    "title.FILE_UNKNOWN": ("Tệp không rõ loại", "File of unknown kind"),
    "finding.FILE_UNKNOWN": (
        "Không nhận ra loại tệp: gửi tệp Excel (.xlsx, .xls) hoặc CSV.",
        "The kind of this file is not known: send Excel (.xlsx, .xls) or CSV.",
    ),
    "title.WRONG_EXTENSION": ("Sai phần mở rộng", "Wrong extension"),
    "finding.WRONG_EXTENSION": (
        "Tên tệp có đuôi {extension} nhưng nội dung là {kind}: đã đọc theo nội dung, lần sau hãy đặt đúng đuôi.",
        "The name ends in {extension} but the content is {kind}: it was read as such; name it rightly next time.",
    ),
    "title.ZIP_BOMB": ("Tệp phình quá lớn khi mở", "File that unpacks too large"),
    "finding.ZIP_BOMB": (
        "Tệp khi mở ra lớn bất thường nên không đọc: mở bằng Excel, chép số liệu sang tệp mới rồi gửi lại.",
        "The file unpacks to an abnormal size and was not opened: copy its data into a new workbook and send that.",
    ),
    "title.CONTAINER_TOO_LARGE": ("Tệp nén hoặc thư quá lớn", "Archive or mail too large"),
    "finding.CONTAINER_TOO_LARGE": (
        "Các tệp bên trong lớn hơn {limit} MB nên không mở: hãy giải nén (lưu tệp đính kèm) trước rồi nạp từng tệp.",
        "The files in it have more than {limit} MB and were not taken out: unpack it (save what is attached) first and take in the files themselves.",
    ),
    "title.XML_ENTITIES": ("XML chứa thực thể", "XML with entities"),
    "finding.XML_ENTITIES": (
        "Tệp chứa khai báo XML nguy hiểm nên không mở: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
        "The file holds a dangerous XML declaration and was not opened: save it from Excel as .xlsx, send it again.",
    ),
    "title.CELL_TWICE": ("Một ô hai lần", "A cell twice"),
    "finding.CELL_TWICE": (
        "Ô {cell} có hai giá trị trong tệp, không biết giá trị nào đúng: mở bằng Excel, kiểm tra, lưu lại rồi gửi lại.",
        "Cell {cell} stands in the file twice, and either may hold: open it in Excel, check, save, send it again.",
    ),
    "title.ROWS_REPEATED": ("Dòng lặp lại quá nhiều lần", "Rows repeated too often"),
    "finding.ROWS_REPEATED": (
        "Từ dòng {row} có {rows} dòng y như nhau nên không đọc: xóa các dòng chép thừa rồi gửi lại.",
        "From row {row} on, {rows} rows are the same and were not read: delete the copies and send it again.",
    ),
    "title.TOO_MANY_TAGS": ("Tệp quá dài để đọc", "File too long to be read"),
    "finding.TOO_MANY_TAGS": (
        "Tệp có {tags} thẻ đánh dấu nên không đọc: chép riêng bảng số liệu sang tệp mới rồi gửi lại.",
        "The file holds {tags} tags and was not read: copy its table into a new workbook and send that.",
    ),
    "title.TOO_MANY_SHEETS": ("Tệp có quá nhiều trang tính", "Too many sheets in a file"),
    "finding.TOO_MANY_SHEETS": (
        "Tệp có hơn {most} trang tính nên không đọc: chép các trang có số liệu sang tệp mới rồi gửi lại.",
        "The file has more than {most} sheets and was not read: copy those with data into a new workbook and send that.",
    ),
    "title.TOO_MANY_MERGED": ("Quá nhiều ô gộp", "Too many merged cells"),
    "finding.TOO_MANY_MERGED": (
        "Tệp có hơn {most} vùng ô gộp nên không đọc: bỏ gộp ô ở phần số liệu rồi gửi lại.",
        "The file has more than {most} merged ranges and was not read: unmerge the cells of its data, send it again.",
    ),
    "title.SHEET_TOO_LARGE": ("Trang tính trải quá rộng", "Sheet that reaches too far"),
    "finding.SHEET_TOO_LARGE": (
        "Trang tính trải rộng {cells} ô nên không đọc: xóa các dòng, cột thừa ở xa bảng rồi gửi lại.",
        "The sheet reaches over {cells} cells and was not read: delete stray rows and columns and send it again.",
    ),
    # A cell
    "title.NOT_A_NUMBER": ("Không phải số", "Not a number"),
    "finding.NOT_A_NUMBER": (
        "Ô cần một số: sửa lại thành số, không kèm chữ hay ký hiệu, rồi gửi lại.",
        "A number belongs here: write it without words or signs and send it again.",
    ),
    "title.DATE_CELL": ("Ô là ngày tháng", "A date in a cell"),
    "finding.DATE_CELL": (
        "Ô là ngày tháng chứ không phải số; có thể Excel đã tự đổi số thành ngày: nhập lại số rồi gửi lại.",
        "The cell holds a date, not a number; Excel may have turned a number into one: enter the number and send it "
        "again.",
    ),
    "title.IN_BRACKETS": ("Số trong ngoặc", "Number in brackets"),
    "finding.IN_BRACKETS": (
        "Số trong ngoặc theo lối kế toán là số âm, mà số đếm không thể âm: ghi lại số đúng, không kèm ngoặc.",
        "In accounts a number in brackets is negative, and a count cannot be: write the right number without them.",
    ),
    "title.QUALIFIED": ("Số kèm “trên”, “dưới”, “khoảng”", "Bound or rounded number"),
    "finding.QUALIFIED": (
        "Ô không ghi số chính xác (dấu {qualifier}): số vẫn được lấy và cộng, hãy hỏi lại số đúng rồi gửi bản sửa.",
        "The cell gives no exact number ({qualifier}): it was taken and counts in sums; ask for the exact one.",
    ),
    "title.NEGATIVE": ("Số âm", "Negative number"),
    "finding.NEGATIVE": (
        "Số đếm không thể âm: kiểm tra lại rồi gửi lại.",
        "A count cannot be negative: check it and send it again.",
    ),
    "title.NOT_AN_INTEGER": ("Không phải số nguyên", "Not an integer"),
    "finding.NOT_AN_INTEGER": (
        "Số đếm phải là số nguyên; có thể dấu chấm hàng nghìn đã thành dấu thập phân: kiểm tra lại rồi gửi lại.",
        "A count is an integer; a thousands mark may have become a decimal one: check it and send it again.",
    ),
    "title.AMBIGUOUS_NUMBER": ("Số hiểu được hai cách", "Number of two meanings"),
    "finding.AMBIGUOUS_NUMBER": (
        "Không rõ dấu này ngăn hàng nghìn hay phần thập phân: nhập ô dưới dạng số, hoặc ghi đủ như 1.234,0.",
        "The mark may part thousands or decimals: enter the cell as a number, or write it out like 1.234,0.",
    ),
    "title.TOO_LARGE": ("Số quá lớn", "Number too large"),
    "finding.TOO_LARGE": (
        "Số có hơn 14 chữ số phần nguyên: kiểm tra lại rồi gửi lại.",
        "The number has more than 14 digits before the mark: check it and send it again.",
    ),
    "title.TOO_FINE": ("Quá nhiều chữ số thập phân", "Too many decimals"),
    "finding.TOO_FINE": (
        "Số có hơn 4 chữ số thập phân: làm tròn rồi gửi lại.",
        "The number has more than 4 decimals: round it and send it again.",
    ),
    "title.CELL_ERROR": ("Ô báo lỗi", "Error in a cell"),
    "finding.CELL_ERROR": (
        "Ô đang báo lỗi công thức: sửa công thức hoặc nhập số rồi gửi lại.",
        "The cell shows a formula error: mend the formula or enter the number, and send it again.",
    ),
    "title.FORMULA_WITHOUT_VALUE": ("Công thức chưa tính", "Formula without a value"),
    "finding.FORMULA_WITHOUT_VALUE": (
        "Công thức trong ô chưa có kết quả: mở bằng Excel, bấm F9, lưu lại rồi gửi lại.",
        "The formula has no stored result: open the file in Excel, press F9, save it and send it again.",
    ),
    # The long CSV
    "title.CSV_HEADING_TWICE": ("Tiêu đề cột lặp lại", "Heading that stands twice"),
    "finding.CSV_HEADING_TWICE": (
        "Tiêu đề “{label}” ứng với hơn một cột: để lại đúng một cột rồi gửi lại.",
        "Heading “{label}” is that of more than one column: leave one and send it again.",
    ),
    "title.CSV_NUL": ("Ký tự NUL trong CSV", "NUL byte in a CSV"),
    "finding.CSV_NUL": (
        "Dòng {line} chứa ký tự NUL, tệp có thể hỏng nên chưa lấy dòng nào: xuất lại CSV UTF-8 rồi gửi lại.",
        "Line {line} holds a NUL byte, the file may be damaged and nothing was taken: export it again as CSV UTF-8.",
    ),
    "title.CSV_QUOTE": ("Dấu ngoặc kép không khép", "Unterminated quote"),
    "finding.CSV_QUOTE": (
        "Từ dòng {line} có dấu ngoặc kép mở mà không khép đúng nên chưa lấy dòng nào: sửa rồi gửi lại.",
        "From line {line} on a quote is not closed as it should be, and nothing was taken: mend it and send it again.",
    ),
    "title.CSV_TOO_LARGE": ("CSV quá lớn để đọc theo cách này", "CSV too large to be read this way"),
    "finding.CSV_TOO_LARGE": (
        "Tệp {megabytes} MB, quá {limit} MB, mà không phải CSV dạng dài mã UTF-8 có tiêu đề ở dòng đầu nên chưa lấy dòng nào: lưu lại như vậy hoặc chia nhỏ rồi gửi lại.",
        "The file has {megabytes} MB, above {limit} MB, and is no long CSV in UTF-8 with its header on the first line, so nothing was taken: save it so or split it, and send it again.",
    ),
    "title.CSV_TOO_WIDE": ("Dòng CSV quá nhiều cột", "CSV line of too many columns"),
    "finding.CSV_TOO_WIDE": (
        "Dòng {line} có hơn 16.384 cột, nhiều hơn một trang tính có được, nên chưa lấy dòng nào: xuất lại CSV rồi gửi lại.",
        "Line {line} has more than 16,384 columns, more than a sheet can have, and nothing was taken: export the CSV again and send it.",
    ),
    "title.CSV_LINE_TOO_LONG": ("Dòng CSV quá dài", "CSV line too long"),
    "finding.CSV_LINE_TOO_LONG": (
        "Dòng {line} hoặc một ô của dòng đó quá dài, tệp có thể hỏng nên chưa lấy dòng nào: xuất lại CSV rồi gửi lại.",
        "Line {line}, or one cell of it, is too long, the file may be damaged and nothing was taken: export the CSV again and send it.",
    ),
    "title.CSV_TOO_LONG": ("Bảng CSV quá nhiều dòng", "CSV table of too many lines"),
    "finding.CSV_TOO_LONG": (
        "Bảng kéo dài tới dòng {line}, quá 1.048.576 dòng của một trang tính, nên chưa lấy dòng nào: xóa dòng trống hoặc chia nhỏ rồi gửi lại.",
        "The table goes on to line {line}, beyond the 1,048,576 of a sheet, and nothing was taken: delete blank lines or split it, and send it again.",
    ),
    "title.CSV_NO_RECORDS": ("CSV chỉ có tiêu đề", "CSV with a header only"),
    "finding.CSV_NO_RECORDS": (
        "Dưới dòng tiêu đề không có dòng số liệu nào: xuất lại rồi gửi lại.",
        "Below the header stands no record: export it again and send it.",
    ),
    "title.RAGGED_RECORD": ("Dòng thiếu hoặc thừa cột", "Record of another width"),
    "finding.RAGGED_RECORD": (
        "Dòng có {fields} cột trong khi tiêu đề có {expected} nên không lấy: sửa dòng rồi gửi lại.",
        "The record has {fields} fields where the header has {expected}, and was not taken: mend it and send it again.",
    ),
    "title.RAGGED_RECORDS": ("Nhiều dòng thiếu hoặc thừa cột", "Many records of another width"),
    "finding.RAGGED_RECORDS": (
        "Tổng cộng {records} dòng có số cột khác tiêu đề và không được lấy: xuất lại tệp rồi gửi lại.",
        "{records} records in all have another width than the header and were not taken: export the file again.",
    ),
    "title.MORE_ALIKE": ("Nhiều ô cùng một lỗi", "Many cells with one fault"),
    "finding.MORE_ALIKE": (
        "{cells} ô của chỉ tiêu này có lỗi “{title_vi}”, trong đó {shown} ô được nêu riêng: "
        "sửa cả cột rồi gửi lại, hoặc quyết định ở dòng này cho mọi ô chưa có quyết định riêng.",
        "{cells} cells of this element have the fault “{title_en}”, of which {shown} are told one by one: "
        "mend the whole column and send it again, or decide here for every cell not decided by itself.",
    ),
    "title.RECORD_TWICE": ("Một số liệu hai giá trị", "Two values for one figure"),
    "finding.RECORD_TWICE": (
        "Cùng cơ sở, kỳ, chỉ tiêu có giá trị khác ở dòng {others}: chưa lấy dòng nào, để lại đúng một dòng "
        "rồi gửi lại.",
        "The same facility, period and element has another value on line {others}: none was taken; leave one line.",
    ),
    "title.RECORD_REPEATED": ("Dòng lặp lại", "Repeated record"),
    "finding.RECORD_REPEATED": (
        "Dòng {line} lặp lại đúng số liệu này: chỉ tính một lần, hãy xóa dòng thừa.",
        "Line {line} says the same figure again: it counts once; delete the spare line.",
    ),
    "title.UNKNOWN_ELEMENT": ("Không nhận ra chỉ tiêu", "Unknown element"),
    "finding.UNKNOWN_ELEMENT": (
        "“{said}” không phải đúng một chỉ tiêu (gần nhất: {suggestions}), {records} dòng không được lấy: "
        "ghi mã chỉ tiêu rồi gửi lại.",
        "“{said}” is not exactly one element (nearest: {suggestions}), {records} records were not taken: "
        "write the element's code and send it again.",
    ),
    "title.PERIOD_IN_FUTURE": ("Kỳ chưa tới", "Period that has not begun"),
    "finding.PERIOD_IN_FUTURE": (
        "Kỳ {period} chưa tới: kiểm tra lại tháng, năm rồi gửi lại.",
        "The period {period} has not begun: look at its month and year and send it again.",
    ),
    **lists.FINDINGS,
    **mistakes.FINDINGS,
}
