"""What is said of figures that keep every sum and are doubtful all the same."""

from __future__ import annotations

FINDINGS: dict[str, tuple[str, str]] = {
    "title.SAME_AS_LAST_MONTH": ("Giống hệt tháng trước", "The same as last month"),
    "finding.SAME_AS_LAST_MONTH": (
        "Báo cáo {period} của {facility} ghi đúng số liệu của tháng trước ({other}): có thể gửi lại nhầm tệp cũ, "
        "hãy gửi số liệu của {period}, hoặc quyết định giữ.",
        "The report of {facility} for {period} says what last month's ({other}) said: an old file may have been sent "
        "again; send the figures of {period}, or decide to keep these.",
    ),
    "title.MONTH_COPIED": ("Chép từ tháng khác", "Copied from another month"),
    "finding.MONTH_COPIED": (
        "Báo cáo {period} của {facility} ghi đúng số liệu của {other}: có thể dán nhầm tháng, hãy gửi số liệu của "
        "{period}, hoặc quyết định giữ.",
        "The report of {facility} for {period} says what {other} said: a month may have been pasted into another; "
        "send the figures of {period}, or decide to keep these.",
    ),
    "title.YEAR_IN_TITLE": ("Có thể sai năm", "The year may be wrong"),
    "finding.YEAR_IN_TITLE": (
        "Báo cáo {period} của {facility} đã có với số liệu khác, còn {other} thì chưa có: có thể ghi sai năm; nếu "
        "đúng là {other}, hãy sửa năm rồi gửi lại; nếu không, quyết định giữ.",
        "{facility} has reported {period} already, with other figures, and {other} is missing: the year may be wrong; "
        "if {other} is meant, mend the year and send it again; if not, decide to keep it.",
    ),
    "title.SCALE": ("Gấp hoặc kém 10, 100, 1000 lần", "Ten, a hundred, a thousand times off"),
    "finding.SCALE": (
        "{element_vi} là {value_vi}, trong khi mức thường của {facility} khoảng {usual_vi} ({factor}): kiểm tra xem "
        "có thừa hoặc thiếu chữ số.",
        "{element_en} is {value_en} where {facility} usually has about {usual_en} ({factor}): look for a digit too "
        "many or too few.",
    ),
    "title.ZERO_WHERE_USUAL": ("Bằng 0 bất thường", "A zero where there are many"),
    "finding.ZERO_WHERE_USUAL": (
        "{element_vi} là 0, trong khi mức thường của {facility} khoảng {usual_vi}: kiểm tra xem số liệu có bị mất, hoặc "
        "quyết định giữ.",
        "{element_en} is 0 where {facility} usually has about {usual_en}: see whether the figure was lost, or decide to "
        "keep it.",
    ),
    "title.SCALE_OF_REPORT": ("Cả báo cáo sai đơn vị tính", "A whole report in another unit"),
    "finding.SCALE_OF_REPORT": (
        "Mọi số liệu {period} của {facility} đều {factor} lần so với mức thường: kiểm tra đơn vị tính.",
        "All figures of {facility} for {period} are {factor} of the usual: look at the unit they are counted in.",
    ),
    "title.SIBLINGS_EXCHANGED": ("Hai cột đổi chỗ", "Two columns exchanged"),
    "finding.SIBLINGS_EXCHANGED": (
        "{elements_vi}: {value_vi} và {other_value_vi} hợp với mức thường của {facility} hơn nếu đổi chỗ cho nhau: "
        "kiểm tra hai cột.",
        "{elements_en}: {value_en} and {other_value_en} are more like {facility}'s usual figures the other way round: "
        "look at the two columns.",
    ),
    "title.ITEMS_EXCHANGED": ("Hai dòng đổi chỗ", "Two items exchanged"),
    "finding.ITEMS_EXCHANGED": (
        "{element_vi}: {item} ghi {value_vi}, {other_item} ghi {other_value_vi}; mức thường của {facility} là ngược "
        "lại: kiểm tra hai dòng.",
        "{element_en}: {item} says {value_en} and {other_item} says {other_value_en}, and {facility} usually has it the "
        "other way round: look at the two.",
    ),
    "title.CUMULATIVE_IN_MONTHLY": ("Số lũy kế trong báo cáo tháng", "Running totals in a monthly report"),
    "finding.CUMULATIVE_IN_MONTHLY": (
        "Số liệu {period} của {facility} giống số cộng dồn từ đầu năm, trong khi biểu hỏi số của riêng tháng: gửi lại "
        "số của tháng.",
        "The figures of {facility} for {period} look like totals since January where the form asks for the month "
        "alone: send the month's own figures.",
    ),
    "title.CUMULATIVE_CELL": ("Số lũy kế trong một ô", "A running total in a cell"),
    "finding.CUMULATIVE_CELL": (
        "{element_vi} là {value_vi}, giống số cộng dồn từ đầu năm (mức thường của {facility} khoảng {usual_vi}): ghi "
        "số của riêng tháng.",
        "{element_en} is {value_en}, like the total since January ({facility} usually has about {usual_en}): write "
        "the month's own figure.",
    ),
    "title.DECREASE_IN_CUMULATIVE": ("Số lũy kế giảm", "A cumulative figure that fell"),
    "finding.DECREASE_IN_CUMULATIVE": (
        "{element_vi} là số lũy kế nhưng ghi {value_vi}, còn {other} là {other_value_vi}: kiểm tra lại cả hai tháng.",
        "{element_en} is cumulative but says {value_en}, and {other} says {other_value_en}: look at both months.",
    ),
    "title.TOTAL_OF_DISJOINT_PARTS": ("Tổng cộng từ các phần trùng nhau", "A total added up from overlapping parts"),
    "finding.TOTAL_OF_DISJOINT_PARTS": (
        "{element_vi} là {value_vi}, đúng bằng {elements_vi}: các phần này trùng nhau, không cộng thành tổng; ghi "
        "tổng thật.",
        "{element_en} is {value_en}, exactly {elements_en}: these parts overlap and do not add up to the total; write "
        "the true total.",
    ),
    "title.START_NOT_LAST_END": ("Đầu kỳ khác cuối kỳ trước", "A start that is not the last end"),
    "finding.START_NOT_LAST_END": (
        "Đầu kỳ {month} ghi {value_vi}, còn cuối kỳ {last} là {other_value_vi}: hai số phải bằng nhau, kiểm tra cả hai "
        "báo cáo.",
        "{month} starts with {value_en} where {last} ended with {other_value_en}: the two must be equal; look at both "
        "reports.",
    ),
}
OVER_HISTORY = tuple(key.removeprefix("title.") for key in FINDINGS if key.startswith("title."))
"""The codes of what is judged against stored figures: the same for all forms."""
OVER_STORED = ("YEAR_IN_TITLE",)
"""Those that speak only of a report which would replace a stored one."""
