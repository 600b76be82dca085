"""Decisions on findings. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "column.decision_asked": ("Quyết định", "Decision"),
    "column.value_asked": ("Sửa thành", "Correct to"),
    "column.reason_asked": ("Lý do", "Reason"),
    "decision.keep": ("giữ", "keep"),
    "decision.suggestion": ("theo gợi ý", "take suggestion"),
    "decision.correct": ("sửa thành", "correct to"),
    "decision.return": ("trả lại", "return"),
    "decision.choose": ("chọn tệp này", "choose this file"),
    "decision.close": ("đóng", "close"),
    "decision.passed_over": ("chọn tệp khác", "another chosen"),
    "sheet.decisions": ("Cần xem", "To decide"),
    "scale.1000": ("trang tính bằng nghìn", "the sheet counts in thousands"),
    "scale.1000000": ("trang tính bằng triệu", "the sheet counts in millions"),
    "scale.1000000000": ("trang tính bằng tỷ", "the sheet counts in billions"),
    "scale.other": ("số trên trang × {factor}", "figures on the sheet × {factor}"),
    "note.decide": (
        "Chọn ở cột Quyết định: giữ · theo gợi ý · sửa thành (ghi số ở cột Sửa thành như gõ vào chính ô ấy: trang tính "
        "bằng nghìn thì ghi bằng nghìn, như gợi ý) · trả lại · chọn tệp này · đóng (tệp hay trang không đọc được); ghi "
        "Lý do; rồi gõ: healthstats findings --apply TỆP",
        "Choose under Decision: keep · take suggestion · correct to (the number under Correct to as typed into the cell "
        "itself: where the sheet counts in thousands, in thousands, as the suggestion is) · return · choose "
        "this file · close (a file or sheet that was not read); give the Reason; then type: healthstats findings --apply FILE",
    ),
    "screen.decisions_taken": (
        "Đã ghi {taken} quyết định của {who} vào lần nhận {run}; {known} quyết định đã có từ trước.",
        "Took {taken} decisions of {who} into run {run}; {known} were known already.",
    ),
    "screen.decisions_known": (
        "Không có quyết định nào mới: {known} quyết định đã có từ trước.",
        "No decision is new: {known} were known already.",
    ),
    "help.apply": (
        "Nhận các quyết định đã điền trong tệp này, thành một lần nhận riêng.",
        "Take in the decisions filled in in this file, as a run of its own.",
    ),
    "help.by_whom": (
        "Người quyết định; mặc định là tên đăng nhập.",
        "Who decides; by default the login name.",
    ),
    "error.decision_faults": (
        "Có {count} dòng chưa làm được nên chưa ghi quyết định nào; hãy sửa các dòng trên rồi chạy lại",
        "{count} rows cannot be carried out, so nothing was taken in; mend the rows above and run again",
    ),
    "error.decision_row": ("{file}: dòng {row}: {problem_vi}", "{file}: row {row}: {problem_en}"),
    "error.decision_unknown": (
        "“{text}” không phải một quyết định; chọn trong danh sách của ô",
        "“{text}” is no decision; choose one of the cell's list",
    ),
    "error.decision_missing": (
        "đã ghi số hoặc lý do nhưng chưa chọn quyết định",
        "a number or a reason is given, and no decision chosen",
    ),
    "error.decision_and_value": (
        "cột Sửa thành có “{text}” nhưng quyết định không phải “sửa thành”; xóa số hoặc chọn “sửa thành”",
        "“{text}” stands under Correct to, but the decision is not “correct to”; take it out, or choose that",
    ),
    "error.decision_twice": (
        "khác với quyết định ở dòng {first} về cùng chỗ này; để lại một",
        "differs from the decision on row {first} for the same place; leave one",
    ),
    "error.decision_gone": (
        "chỗ này không còn trong danh sách cần xem; xuất lại danh sách bằng healthstats findings -o TỆP.xlsx",
        "this place is no longer among the findings; write the list anew with healthstats findings -o FILE.xlsx",
    ),
    "error.decision_not_a_choice": (
        "chỉ “chọn tệp này” khi hai nơi nói khác nhau về một báo cáo; hãy chọn quyết định khác",
        "only of two that differ on one report can one be chosen; decide otherwise",
    ),
    "error.decision_of_no_form": (
        "danh sách của bản cũ không ghi dòng này là của biểu mẫu nào; gõ healthstats ingest --retry, rồi xuất lại danh "
        "sách bằng healthstats findings -o TỆP.xlsx",
        "a list of an older version does not say of which form this row is; type healthstats ingest --retry, then write "
        "the list anew with healthstats findings -o FILE.xlsx",
    ),
    "error.decision_not_of_all": (
        "dòng này thay cho nhiều ô cùng lỗi nên chỉ có thể theo gợi ý của từng ô, hoặc trả lại",
        "this row stands for many cells with one fault: take each one's suggestion, or return them",
    ),
    "error.decision_not_closable": (
        "chỉ “đóng” được lỗi của tệp hay trang không đọc được số liệu nào; hãy chọn quyết định khác",
        "only the error of a file or sheet of which no figure was read can be closed; decide otherwise",
    ),
    "error.decision_no_reason": (
        "“đóng” phải có lý do; ghi ở cột Lý do",
        "to close needs a reason; give it under Reason",
    ),
    "error.decision_no_cell": (
        "chỗ này không phải một ô số liệu nên chỉ có thể trả lại; tên lạ thì dùng healthstats alias",
        "this place is no figure's cell, so it can only be returned; for an unknown name use healthstats alias",
    ),
    "error.decision_no_suggestion": (
        "chỗ này không có gợi ý; chọn quyết định khác",
        "there is no suggestion here; decide otherwise",
    ),
    "error.decision_no_value": (
        "“{text}” không phải một số hợp lệ của chỉ tiêu; ghi số ở cột Sửa thành",
        "“{text}” is no number that the element takes; write one under Correct to",
    ),
    "error.no_decision_list": (
        "{path} không phải danh sách do healthstats findings -o ghi ra",
        "{path} is no list that healthstats findings -o wrote",
    ),
    "error.list_unread": ("{why_vi}", "{why_en}"),
}
