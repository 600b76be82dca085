"""Errors: one line that says what, where, and what to type next. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "error.no_workspace": (
        "Không thấy healthstats.toml ở {path} hay thư mục cha nào. Hãy gõ: healthstats init {path}",
        "No healthstats.toml in {path} or any folder above it. Type: healthstats init {path}",
    ),
    "error.definition_faults": (
        "Định nghĩa có {count} lỗi; hãy sửa các tệp trên rồi chạy lại",
        "The definitions have {count} faults; mend the files above and run again",
    ),
    "error.ratio_has_no_parts": (
        "Tỷ lệ và bình quân không tách được thành các phần cộng lại. Để xem chúng, hãy gõ: "
        "healthstats show growth {period}",
        "Rates and averages have no parts that add up. To see them, type: healthstats show growth {period}",
    ),
    "error.fault_toml": ("{file}: không đọc được TOML: {problem}", "{file}: not readable as TOML: {problem}"),
    "error.fault_no_file": (
        "pipelines/{file}: không có tệp này; `healthstats init .` tạo lại tệp còn thiếu",
        "pipelines/{file}: the file is missing; `healthstats init .` makes what is missing",
    ),
    "error.fault_not_utf8": (
        "{file}:{where}: không phải UTF-8; hãy lưu lại dạng “CSV UTF-8”",
        "{file}:{where}: not UTF-8; save it as “CSV UTF-8”",
    ),
    "error.fault_no_column": (
        "{file}:{where}: thiếu cột {column}",
        "{file}:{where}: the column {column} is missing",
    ),
    "error.fault_column_twice": (
        "{file}:{where}: một cột đứng hai lần",
        "{file}:{where}: a column stands twice",
    ),
    "error.fault_ragged": (
        "{file}:{where}: dòng có {found} ô, tiêu đề có {wanted}",
        "{file}:{where}: the line has {found} cells, the heading {wanted}",
    ),
    "error.fault_blank": (
        "{file}:{where}: cột {column} để trống",
        "{file}:{where}: the column {column} is blank",
    ),
    "error.fault_not_date": (
        "{file}: {where}: cần một ngày như 2023-12-31",
        "{file}: {where}: a date such as 2023-12-31 is wanted",
    ),
    "error.fault_choice": (
        "{file}: {where}: “{text}” không phải một trong: {options}",
        "{file}: {where}: “{text}” is not one of: {options}",
    ),
    "error.fault_missing": ("{file}: thiếu khóa {where}", "{file}: the key {where} is missing"),
    "error.fault_unknown_key": (
        "{file}: không có khóa nào tên {where}",
        "{file}: there is no key named {where}",
    ),
    "error.fault_not_text": ("{file}: {where}: cần một đoạn chữ", "{file}: {where}: a text is wanted"),
    "error.fault_not_number": (
        "{file}: {where}: cần một số nguyên",
        "{file}: {where}: a whole number is wanted",
    ),
    "error.fault_not_flag": (
        "{file}: {where}: cần true hoặc false",
        "{file}: {where}: true or false is wanted",
    ),
    "error.fault_not_texts": (
        "{file}: {where}: cần một danh sách chữ",
        "{file}: {where}: a list of texts is wanted",
    ),
    "error.fault_texts": (
        "{file}: {where}: cần một danh sách chữ",
        "{file}: {where}: a list of texts is wanted",
    ),
    "error.fault_not_paths": (
        "{file}: {where}: cần một danh sách cột",
        "{file}: {where}: a list of columns is wanted",
    ),
    "error.fault_paths": (
        '{file}: {where}: một cột viết là ["vai trò", "nhãn", "nhãn con", …]',
        '{file}: {where}: a column is written ["role", "label", "label below", …]',
    ),
    "error.fault_not_dates": (
        "{file}: {where}: cần một danh sách ngày",
        "{file}: {where}: a list of dates is wanted",
    ),
    "error.fault_dates": (
        "{file}: {where}: cần một danh sách ngày",
        "{file}: {where}: a list of dates is wanted",
    ),
    "error.fault_not_table": (
        "{file}: {where}: cần một bảng TOML",
        "{file}: {where}: a TOML table is wanted",
    ),
    "error.fault_not_tables": (
        "{file}: {where}: cần các bảng TOML [[…]]",
        "{file}: {where}: TOML tables [[…]] are wanted",
    ),
    "error.fault_names": (
        "{file}: {where}: cần tên bằng hai thứ tiếng: vi = …, en = …",
        "{file}: {where}: a name in both languages is wanted: vi = …, en = …",
    ),
    "error.fault_month": (
        "{file}: {where}: cần một tháng từ 1 đến 12",
        "{file}: {where}: a month from 1 to 12 is wanted",
    ),
    "error.fault_no_edition": (
        "{file}: {where}: phải đứng sau ấn bản “{edition}” mà nó dùng cột",
        "{file}: {where}: it must stand after the edition “{edition}” whose columns it uses",
    ),
    "error.fault_ends_before_start": (
        "{file}: {where}: ngày hết hiệu lực đứng trước ngày bắt đầu",
        "{file}: {where}: it ends before it starts",
    ),
    "error.fault_editions_overlap": (
        "{file}: {where}: “{one}” và “{other}” cùng tiêu đề và cùng hiệu lực một lúc",
        "{file}: {where}: “{one}” and “{other}” have one header and are in force at once",
    ),
    "error.fault_unknown_role": (
        "{file}: {where}: “{role}” không phải chỉ tiêu của biểu này trong elements.csv, cũng không phải vai trò đã biết",
        "{file}: {where}: “{role}” is no element of this form in elements.csv and no known role",
    ),
    "error.fault_placeholder": (
        "{file}: {where}: trong ngoặc nhọn chỉ có thể là một trong: {options}; không phải {text}",
        "{file}: {where}: braces hold one of: {options}; not {text}",
    ),
    "error.fault_period_of_role": (
        "{file}: {where}: chỉ cột của chỉ tiêu mới đứng theo kỳ, không phải “{role}”",
        "{file}: {where}: only an element's column stands once a period, not “{role}”",
    ),
    "error.fault_total_of_none": (
        "{file}: {where}: “{role}” cộng các kỳ đứng cạnh nhau, nhưng không cột nào có nhãn như {{month}}",
        "{file}: {where}: “{role}” sums periods that stand side by side, but no column has a label such as {{month}}",
    ),
    "error.fault_only": (
        "{file}: {where}: cột “{role}” của ấn bản “{edition}” và các chữ để chọn dòng phải đi cùng nhau",
        "{file}: {where}: the column “{role}” of the edition “{edition}” and the texts that choose rows go together",
    ),
    "error.fault_no_label": (
        "{file}: {where}: không cột nào có nhãn “{label}”",
        "{file}: {where}: no column has the label “{label}”",
    ),
    "error.fault_items_unasked": (
        '{file}: {where}: danh sách dòng chỉ dùng khi item = "sheet"',
        '{file}: {where}: a list of items is for item = "sheet" only',
    ),
    "error.fault_item_twice": (
        '{file}: {where}: item = "sheet" thì không được có cột item',
        '{file}: {where}: with item = "sheet" no column may be the item',
    ),
    "error.fault_item_label": (
        "{file}: {where}: “{label}” vừa chỉ “{one}” vừa chỉ “{other}”",
        "{file}: {where}: “{label}” means both “{one}” and “{other}”",
    ),
    "error.fault_bound_twice": (
        "{file}: {where}: chỉ tiêu {element} đứng ở hai cột",
        "{file}: {where}: the element {element} stands in two columns",
    ),
    "error.fault_no_elements": (
        "{file}: {where}: không có cột nào là chỉ tiêu",
        "{file}: {where}: no column is an element",
    ),
    "error.fault_unknown_element": (
        "{file}: {where}: chỉ tiêu “{element}” không có trong elements.csv của biểu này",
        "{file}: {where}: the element “{element}” is not in this form's elements.csv",
    ),
    "error.fault_element_twice": (
        "{file}:{where}: chỉ tiêu {element} đứng hai lần; mỗi chỉ tiêu thuộc một biểu",
        "{file}:{where}: the element {element} stands twice; each belongs to one form",
    ),
    "error.fault_kind": (
        "{file}: {where}: {element} thuộc loại {kind}, ở đây cần loại {wanted}",
        "{file}: {where}: {element} is of kind {kind}, and kind {wanted} is wanted",
    ),
    "error.fault_days_of_flow": (
        "{file}: {where}: chỉ nhân với số ngày một mẫu số toàn chỉ tiêu loại stock, chẳng hạn giường",
        "{file}: {where}: only a denominator of stocks, such as beds, is multiplied by days",
    ),
    "error.fault_flow_over_stock": (
        "{file}: {where}: số phát sinh trong kỳ không chia được cho số cuối kỳ; hãy thêm denominator_days = true, "
        "hoặc dùng các chỉ tiêu cùng loại",
        "{file}: {where}: a flow cannot be divided by a stock; add denominator_days = true, "
        "or use elements of one kind",
    ),
    "error.fault_flow_and_stock": (
        "{file}: {where}: số phát sinh trong kỳ và số cuối kỳ không cộng được với nhau; hãy dùng các chỉ tiêu cùng loại",
        "{file}: {where}: flows and stocks do not add up; use elements of one kind",
    ),
    "error.fault_title_unit": (
        "{file}: {where}: “{unit}” phải là nghìn, triệu hoặc tỷ rồi đến một đơn vị của biểu mẫu: {units}",
        "{file}: {where}: “{unit}” must be nghìn, triệu or tỷ and then a unit of the form: {units}",
    ),
    "error.fault_flow_for_ever": (
        "{file}: {where}: số tích lũy từ đầu (ever) không cộng các tháng được, mà {elements} là flow: đổi thành kind = "
        "cumulative, hoặc accumulates = year nếu tính từ đầu năm, none nếu là số trong kỳ",
        "{file}: {where}: figures that never begin anew (ever) cannot be added up over months, and {elements} are flows: "
        "make their kind cumulative, or accumulates year where they count from January, none where of the period",
    ),
    "error.fault_factor": (
        "{file}: {where}: cần một số nguyên từ 1, chẳng hạn 100",
        "{file}: {where}: a whole number from 1 is wanted, such as 100",
    ),
    "error.fault_digits": (
        "{file}: {where}: cần số chữ số thập phân từ 0 đến 4",
        "{file}: {where}: decimals from 0 to 4 are wanted",
    ),
    "error.fault_one_form": (
        "{file}: {where}: các chỉ tiêu cộng lại phải thuộc cùng một biểu",
        "{file}: {where}: the elements summed must belong to one form",
    ),
    "error.fault_history_of_areas": (
        '{file}: {where}: biểu lịch sử (history_of) có mỗi dòng là một địa bàn; hãy ghi row = "area"',
        '{file}: {where}: in a history form (history_of) a row is an area; write row = "area"',
    ),
    "error.fault_history_of": (
        "{file}: {where}: “{form}” không phải biểu của cơ sở trong pipelines/forms/",
        "{file}: {where}: “{form}” is no form of facilities in pipelines/forms/",
    ),
    "error.fault_history_twice": (
        "{file}: {where}: biểu {form} đã có biểu lịch sử {other}; hãy gộp thành một, mỗi bố cục một [[edition]]",
        "{file}: {where}: the form {form} has the history form {other} already; make them one, an [[edition]] a layout",
    ),
    "error.fault_no_form": (
        "{file}: {where}: không có biểu “{form}” trong pipelines/forms/",
        "{file}: {where}: there is no form “{form}” in pipelines/forms/",
    ),
    "error.fault_group_name": (
        "{file}:{where}: tên cột “{column}” chỉ được có chữ thường không dấu, số và _",
        "{file}:{where}: the column name “{column}” may hold only a–z, digits and _",
    ),
    "error.fault_unknown_area": (
        "{file}:{where}: địa bàn “{area}” không có trong registers/areas.csv",
        "{file}:{where}: the area “{area}” is not in registers/areas.csv",
    ),
    "error.fault_unknown_facility": (
        "{file}:{where}: cơ sở “{facility}” không có trong registers/facilities.csv",
        "{file}:{where}: the facility “{facility}” is not in registers/facilities.csv",
    ),
    "error.fault_unknown_successor": (
        "{file}:{where}: cơ sở kế thừa “{facility}” không có trong danh mục",
        "{file}:{where}: the successor “{facility}” is not in the register",
    ),
    "error.fault_stands_for": (
        "{file}:{where}: stands_for cần số cơ sở (từ 1) hoặc mã của các cơ sở khác trong sổ, không phải “{text}”",
        "{file}:{where}: stands_for wants a number of facilities (1 or more) or codes of other facilities of the "
        "register, not “{text}”",
    ),
    "error.fault_summed_twice": (
        "{file}:{where}: cơ sở {facility} đã nằm trong, hoặc chính là, một dòng gộp khác: mỗi cơ sở chỉ gộp một lần",
        "{file}:{where}: facility {facility} already is in, or is, another summed row: a facility is summed once",
    ),
    "error.fault_spells_overlap": (
        "{file}:{where}: cơ sở {facility} có hai dòng cùng hiệu lực một lúc",
        "{file}:{where}: the facility {facility} has two lines in force at once",
    ),
    "error.fault_not_year": (
        "{file}:{where}: cột {column}: “{text}” không phải một năm như 2023",
        "{file}:{where}: {column}: “{text}” is not a year such as 2023",
    ),
    "error.fault_not_count": (
        "{file}:{where}: cột {column}: “{text}” không phải một số nguyên viết liền như 9389700",
        "{file}:{where}: {column}: “{text}” is not a whole number written such as 9389700",
    ),
    "error.fault_not_value": (
        "{file}:{where}: cột {column}: “{text}” không phải một số viết như 92.5 (tối đa bốn chữ số thập phân)",
        "{file}:{where}: {column}: “{text}” is not a number written such as 92.5 (four decimals at most)",
    ),
    "error.fault_not_period": (
        "{file}:{where}: cột {column}: “{text}” không phải một kỳ như 2026, 2026-H1 hay 2026-08",
        "{file}:{where}: {column}: “{text}” is not a period such as 2026, 2026-H1 or 2026-08",
    ),
    "error.fault_facility_or_area": (
        "{file}:{where}: cần đúng một trong hai: mã cơ sở (facility) hoặc mã địa bàn (area)",
        "{file}:{where}: exactly one of the two is wanted: facility or area",
    ),
    "error.fault_unknown_planned": (
        "{file}:{where}: “{indicator}” không phải mã chỉ tiêu nào trong elements.csv hay pipelines/indicators",
        "{file}:{where}: “{indicator}” is no code of elements.csv or pipelines/indicators",
    ),
    "error.fault_area_not_then": (
        "{file}:{where}: địa bàn “{area}” không có trong địa giới ngày {day}; nếu mã thuộc địa giới khác, ghi một ngày"
        " của địa giới ấy vào cột boundaries",
        "{file}:{where}: the area “{area}” is not of the division of {day}; if the code is of another, write a day of"
        " that one into the column boundaries",
    ),
    "error.fault_line_twice": (
        "{file}:{where}: “{first}” đã có ở một dòng trước",
        "{file}:{where}: “{first}” stands on an earlier line already",
    ),
    "error.fault_one_root": (
        "{file}: cần đúng một địa bàn cấp country",
        "{file}: exactly one area of level country is wanted",
    ),
    "error.fault_unknown_indicator": (
        "{file}: {where}: không có chỉ tiêu “{indicator}”",
        "{file}: {where}: there is no indicator “{indicator}”",
    ),
    "error.hints_need_paths": (
        "--retry cùng --form, --period hay --facility cần tên tệp: nếu không, điều nói thêm sẽ áp cho mọi tệp đang chờ",
        "--retry with --form, --period or --facility wants the file's path: it would be said of every waiting file",
    ),
    "error.no_such_path": ("Không có tệp hay thư mục {path}", "There is no file or folder {path}"),
    "error.demo_folder_taken": (
        "{path} không trống; dữ liệu mô phỏng cần một thư mục mới: healthstats demo THƯ-MỤC-KHÁC",
        "{path} is not empty; the synthetic data want a new folder: healthstats demo ANOTHER-FOLDER",
    ),
    "error.no_runs": (
        "Chưa nhận tệp nào. Chép tệp vào {path} rồi gõ: healthstats ingest",
        "Nothing has been taken in yet. Put files into {path} and type: healthstats ingest",
    ),
    "error.mart_vanished": (
        "Bảng tổng hợp của lần nhận {run} vừa dựng đã biến mất; hãy chạy lại",
        "The marts of run {run} were built and are gone; run again",
    ),
    "error.not_written": (
        "Không ghi được {path} ({reason}); tệp cũ, nếu có, còn nguyên. Giải phóng chỗ hoặc chọn nơi khác: -o",
        "{path} was not written ({reason}); an older file is untouched. Make room or choose another place: -o",
    ),
    "error.not_a_period": (
        "“{text}” không phải một kỳ. Hãy viết như 2023, 2023-H1, 2023-9M, 2023-Q1, 2023-01 hoặc T8/2026",
        "“{text}” is not a period. Write it as 2023, 2023-H1, 2023-9M, 2023-Q1, 2023-01 or T8/2026",
    ),
    "error.not_a_day": (
        "“{text}” không phải một ngày. Hãy viết như 2023-09-05, hoặc mtime",
        "“{text}” is not a day. Write it as 2023-09-05, or mtime",
    ),
    "error.no_table": (
        "Không có bảng “{text}”. Các bảng: {tables}",
        "There is no table “{text}”. The tables: {tables}",
    ),
    "error.no_format": (
        "Không có dạng “{text}”. Các dạng: {formats}; nhiều dạng thì viết liền dấu phẩy, ví dụ --to html,xlsx",
        "There is no format “{text}”. The formats: {formats}; several with commas, e.g. --to html,xlsx",
    ),
    "error.sheet_full": (
        "Bảng có {count} dòng, một trang tính chỉ chứa được {most}: hãy ghi ra CSV (--format csv -o bang.csv)",
        "The table has {count} rows and a sheet holds {most}: write it as CSV (--format csv -o table.csv)",
    ),
    "error.no_boundaries": (
        "Không có địa giới nào có hiệu lực từ {day}. Các ngày đã biết: {known}",
        "No boundaries came into force on {day}. The days known: {known}",
    ),
    "error.list_takes_period_only": (
        "Bảng {text} chỉ nhận kỳ; --area, --by, --indicator và --boundaries dùng cho: {tables}",
        "The table {text} takes only a period; --area, --by, --indicator and --boundaries are for: {tables}",
    ),
    "error.no_such_format": (
        "Không ghi được dạng {suffix}; đặt tên tệp .csv, .json, .md, .xlsx hoặc .txt",
        "The format {suffix} is not written here; name the file .csv, .json, .md, .xlsx or .txt",
    ),
    "error.no_publication": (
        "Không có báo cáo “{text}”. Các báo cáo: {publications}",
        "There is no publication “{text}”. The publications: {publications}",
    ),
    "error.no_indicator": (
        "Không có chỉ tiêu “{text}”. Gần giống: {close}",
        "There is no indicator “{text}”. Close: {close}",
    ),
    "error.no_area": ("Không có địa bàn “{text}”. Gần giống: {close}", "There is no area “{text}”. Close: {close}"),
    "error.no_group": (
        "Không có cột “{text}” trong danh mục cơ sở. Gần giống: {close}",
        "The facility register has no column “{text}”. Close: {close}",
    ),
    "error.no_form": ("Không có biểu “{text}”. Gần giống: {close}", "There is no form “{text}”. Close: {close}"),
    "error.no_facility": (
        "Không có cơ sở “{text}” trong danh mục. Gần giống: {close}",
        "The register has no facility “{text}”. Close: {close}",
    ),
    "error.facility_of_two": (
        "“{text}” ứng với hơn một cơ sở: {close}. Hãy gõ mã",
        "“{text}” fits more than one facility: {close}. Type the code",
    ),
    "error.alias_taken": (
        "“{text}” đang chỉ {others}: một tên không thể chỉ hai nơi. Sửa danh mục rồi gõ lại",
        "“{text}” means {others} already: one name cannot mean two. Mend the register, then type it again",
    ),
    "error.alias_blank": (
        "Tên cần ghi để trống hoặc có dấu xuống dòng; ví dụ: healthstats alias 79001 “BV Q1”",
        "The name to write is blank or holds a line break; for example: healthstats alias 79001 “BV Q1”",
    ),
    "error.alias_half": (
        "Thiếu tên như viết trong tệp; ví dụ: healthstats alias {facility} “BV Q1”",
        "The name as written in the file is missing; for example: healthstats alias {facility} “BV Q1”",
    ),
    "error.no_code": (
        "Không có loại “{text}”; xem các mã trong docs/findings.md",
        "There is no finding “{text}”; see the codes in docs/findings.md",
    ),
    "error.no_severity": (
        "Không có mức “{text}”. Các mức: {severities}",
        "There is no severity “{text}”. The severities: {severities}",
    ),
    "error.items_only": (
        "Kỳ này chỉ có chỉ tiêu theo từng dòng (bệnh, khoa …); xem bằng --indicator {first} (có: {codes})",
        "This period has only indicators told by item (disease, ward …); ask for --indicator {first} (there are: {codes})",
    ),
    "error.empty_query": (
        'Câu SQL để trống; ví dụ: healthstats query "select * from growth limit 5"',
        'The SQL is empty; for example: healthstats query "select * from growth limit 5"',
    ),
    "error.query_changes": (
        'query chỉ đọc: câu SQL phải là một SELECT; ví dụ: healthstats query "select * from growth limit 5"',
        'query only reads: the SQL must be a SELECT; for example: healthstats query "select * from growth limit 5"',
    ),
    "error.query_syntax": ("Câu SQL sai cú pháp: {problem}", "The SQL is not well formed: {problem}"),
    "error.query_unknown": (
        'Câu SQL nêu bảng, cột hoặc hàm không có: {problem}. Các bảng: healthstats query "show tables"',
        'The SQL names a table, column or function that is not there: {problem}. The tables: healthstats query "show tables"',
    ),
    "error.command_line": (
        "Dòng lệnh chưa đúng: {problem} Xem cách dùng: {command} --help",
        "The command line is not right: {problem} See: {command} --help",
    ),
    "error.query": ("Câu SQL không chạy được: {problem}", "The SQL does not run: {problem}"),
    "error.nothing_stored": (
        "Chưa có báo cáo nào được nhận đủ để lập bảng. Xem: healthstats show awaiting",
        "No report has been accepted yet, so there is no table. See: healthstats show awaiting",
    ),
    "error.system": (
        "Hệ điều hành từ chối {path}: {reason}. Kiểm tra quyền ghi và chỗ trống rồi chạy lại",
        "The system refused {path}: {reason}. Look at permissions and free space, then run again",
    ),
    "error.fault_severity_code": (
        "{file}: {where}: không quy tắc nào của biểu này nêu mã “{code}”; các mã: {codes}",
        "{file}: {where}: no rule of this form raises the code “{code}”; the codes: {codes}",
    ),
    "error.fault_unknown_code": (
        "{file}: {where}: không có câu cho mã “{code}”; dùng một mã trong docs/findings.md",
        "{file}: {where}: there is no sentence for the code “{code}”; use one of docs/findings.md",
    ),
}
