"""Findings of lists that `register import` reads. Key → (Vietnamese, English)."""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, str]] = {
    "title.LIST_UNKNOWN": ("Không nhận ra danh sách", "Unknown list"),
    "finding.LIST_UNKNOWN": (
        "Không trang nào có tiêu đề cột của một danh sách cơ sở (mã, tên), dân số (địa bàn, dân số) hay kế hoạch "
        "(chỉ tiêu, kế hoạch): sửa dòng tiêu đề, hoặc thêm nhãn vào pipelines/headings.toml.",
        "No sheet has the headings of a list of facilities (code, name), populations (area, population) or plans "
        "(indicator, plan): mend the headings, or add labels to pipelines/headings.toml.",
    ),
    "title.LIST_OF_SEVERAL": ("Nhiều loại danh sách trong một tệp", "Lists of several kinds"),
    "finding.LIST_OF_SEVERAL": (
        "Tệp có danh sách cho nhiều danh mục ({registers}): chọn trang bằng --sheet.",
        "The file has lists for several registers ({registers}): choose the sheet with --sheet.",
    ),
    "title.LIST_COLUMN_TWICE": ("Hai cột cùng một nghĩa", "Two columns of one meaning"),
    "finding.LIST_COLUMN_TWICE": (
        "Các cột “{label}” cùng một nghĩa: bỏ qua một cột bằng --ignore, hoặc sửa tiêu đề.",
        "The columns “{label}” mean the same: pass over one with --ignore, or mend the heading.",
    ),
    "title.LIST_SCALED": ("Đơn vị tính bằng nghìn, triệu", "Counted in thousands or millions"),
    "finding.LIST_SCALED": (
        "Số trong danh sách tính bằng nghìn hoặc triệu: đổi ra đơn vị của danh mục rồi nhập lại.",
        "The list counts thousands or millions: turn the figures into the register's unit and import again.",
    ),
    "title.LIST_CODE": ("Ô mã không phải một mã", "Cell that is no code"),
    "finding.LIST_CODE": (
        "Ô mã là một số lẻ: gõ lại mã dưới dạng chữ.",
        "The code's cell holds a fraction: type the code as text.",
    ),
    "title.LIST_CODE_SHORT": ("Mã ngắn, có thể mất số 0 ở đầu", "Short code, perhaps without its zeros"),
    "finding.LIST_CODE_SHORT": (
        "Mã có {digits} chữ số, thường là {width}: nếu là {padded} thì gõ thêm --pad, nếu không thì sửa mã.",
        "The code has {digits} digits, {width} are usual: if it is {padded} add --pad, else mend the code.",
    ),
    "title.LIST_NO_CODE": ("Không có mã, không có giấy phép", "Neither code nor licence"),
    "finding.LIST_NO_CODE": (
        "Dòng không có mã cơ sở lẫn số giấy phép, và tên không có trong danh mục: điền mã hoặc giấy phép.",
        "The row has neither a code nor a licence, and the register has no such name: fill in one of them.",
    ),
    "title.LIST_NAME_TWICE": ("Tên hợp với nhiều cơ sở", "Name of several facilities"),
    "finding.LIST_NAME_TWICE": (
        "Dòng không có mã và tên hợp với nhiều cơ sở trong danh mục: điền mã.",
        "The row has no code and its name fits several facilities of the register: fill in the code.",
    ),
    "title.LIST_NO_NAME": ("Cơ sở mới không có tên", "New facility without a name"),
    "finding.LIST_NO_NAME": ("Cơ sở mới phải có tên: điền tên.", "A new facility needs a name: fill it in."),
    "title.LIST_TWICE": ("Có hai lần trong danh sách", "Twice on the list"),
    "finding.LIST_TWICE": (
        "Cùng một mục đứng ở hai dòng: bỏ một dòng; chưa dòng nào được ghi.",
        "One entry stands on two rows: remove one; neither was written.",
    ),
    "title.LIST_ALIASED": ("Mã tạm còn tên khác", "Made-up code with aliases"),
    "finding.LIST_ALIASED": (
        "Cơ sở đang mang mã tạm và còn tên trong aliases.csv: đổi mã ở cả hai tệp bằng tay.",
        "The facility bears a made-up code and stands in aliases.csv: change the code in both files by hand.",
    ),
    "title.LIST_AREA": ("Địa bàn không rõ", "Unknown area"),
    "finding.LIST_AREA": (
        "Địa bàn không có trong địa giới của ngày ấy: sửa, hoặc thêm vào registers/areas.csv; nếu danh sách dùng địa "
        "giới khác thì gõ --on một ngày của địa giới ấy.",
        "The area is not of that day's division: mend it, or add it to registers/areas.csv; if the list uses another "
        "division, give --on a day of that one.",
    ),
    "title.LIST_NO_PLACE": ("Thiếu địa bàn hoặc cơ sở", "Neither area nor facility"),
    "finding.LIST_NO_PLACE": (
        "Dòng không nói là của địa bàn hay cơ sở nào: điền vào.",
        "The row does not say whose it is: fill in an area or a facility.",
    ),
    "title.LIST_FACILITY": ("Cơ sở không có trong danh mục", "Facility not in the register"),
    "finding.LIST_FACILITY": (
        "Cơ sở không có trong danh mục, hoặc tên hợp với nhiều cơ sở: điền mã.",
        "The register lacks the facility, or the name fits several: fill in the code.",
    ),
    "title.LIST_INDICATOR": ("Chỉ tiêu không rõ", "Unknown indicator"),
    "finding.LIST_INDICATOR": (
        "Chỉ tiêu không có trong elements.csv hay pipelines/indicators, hoặc tên hợp với nhiều chỉ tiêu: ghi mã.",
        "The indicator is not in elements.csv or pipelines/indicators, or its name fits several: write its code.",
    ),
    "title.LIST_PERIOD": ("Kỳ không rõ", "Unknown period"),
    "finding.LIST_PERIOD": (
        "Cần một năm hay một kỳ như 2026, 2026-H1, T8/2026.",
        "A year or a period such as 2026, 2026-H1, T8/2026 is wanted.",
    ),
    "title.LIST_NUMBER": ("Ô không phải một số", "Cell that is no number"),
    "finding.LIST_NUMBER": (
        "Ô không phải một số rõ ràng: gõ lại dưới dạng số.",
        "The cell is no plain number: type it as one.",
    ),
    "title.LIST_SHARE": ("Kế hoạch tính bằng %, hay là phần của 1", "Plan in percent, or a share of one"),
    "finding.LIST_SHARE": (
        "Chỉ tiêu tính bằng %, mà ô không nói là {said_vi} hay {shown_vi}: gõ lại thành chữ, có dấu %.",
        "The indicator is in percent, and the cell does not say whether it is {said_en} or {shown_en}: type it as "
        "text, with its %.",
    ),
    "title.LIST_DAY": ("Ô không phải một ngày", "Cell that is no day"),
    "finding.LIST_DAY": (
        "Cần một ngày đủ ngày, tháng, năm như 31/12/2023; muốn bỏ qua cả cột: --ignore.",
        "A whole day such as 31/12/2023 is wanted; to pass over the column: --ignore.",
    ),
    "title.LIST_CLOSED_FIRST": ("Đóng trước khi mở", "Closed before it opened"),
    "finding.LIST_CLOSED_FIRST": (
        "Ngày đóng đứng trước ngày mở: sửa một trong hai.",
        "The closing day stands before the opening day: mend one of them.",
    ),
    "title.LIST_SUCCESSOR": ("Cơ sở kế thừa không rõ", "Unknown successor"),
    "finding.LIST_SUCCESSOR": (
        "Cơ sở kế thừa không có trong danh mục lẫn danh sách: điền mã của nó.",
        "The successor is neither in the register nor on the list: fill in its code.",
    ),
}
