"""Proposed forms: what the file says of its guesses, and what is to be done with it. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "help.propose_form": (
        "Đề xuất định nghĩa biểu cho tệp không khớp biểu nào, ghi vào pipelines/proposed để xem lại.",
        "Propose a definition for a file that fits no form, in pipelines/proposed, to review.",
    ),
    "proposal.head": (
        "# Máy đề xuất từ {place}, số liệu ở các dòng {first}–{last}. Chưa ai xem, chưa dùng để nhận số liệu.\n"
        "# Kỳ báo cáo thấy trong tệp: {period}\n"
        "# Xem từng dòng, sửa chỗ sai, xóa cột thừa, đổi dòng dưới thành reviewed = true, rồi gõ:\n"
        "#   healthstats ingest --form TỆP-NÀY.toml TỆP-SỐ-LIỆU",
        "# Proposed by the program from {place}, figures in rows {first}–{last}. Nobody has looked at it yet.\n"
        "# The period found in the file: {period}\n"
        "# Look at each line, mend what is wrong, take out columns not wanted, set reviewed = true below, then type:\n"
        "#   healthstats ingest --form THIS-FILE.toml DATA-FILE",
    ),
    "proposal.no_period": ("không thấy; gõ thêm --period", "none; add --period"),
    "proposal.left_out": (
        "# Chưa đưa vào: tiêu đề đứng ở hai cột: {labels}",
        "# Left out: one heading over two columns: {labels}",
    ),
    "proposal.guess": ("đoán, {score} điểm", "a guess, score {score}"),
    "proposal.new_element": (
        "chỉ tiêu mới, khai ở [[element]] bên dưới",
        "a new element, defined in [[element]] below",
    ),
    "proposal.rival": ("; cũng có thể là {element}", "; may also be {element}"),
    "proposal.unmatched": (
        "ô {cell}: chưa rõ là chỉ tiêu nào, sẽ không nhận; nếu biết, thay ? bằng mã chỉ tiêu và bỏ dấu # đầu dòng",
        "cell {cell}: it means no known element and will not be taken in; if it does, put the element for ? and take off the first #",
    ),
    "proposal.to_check": ("đoán, cần xem lại", "a guess, to be checked"),
    "screen.form_proposed": (
        "{name}: đã đề xuất một biểu mới ở {path}. Hãy xem lại, đổi thành reviewed = true rồi gõ: "
        "healthstats ingest --form {path} TỆP",
        "{name}: a new form is proposed in {path}. Review it, set reviewed = true, then type: "
        "healthstats ingest --form {path} FILE",
    ),
    "screen.layout_proposed": (
        "{name}: có lẽ là biểu {form} với tiêu đề khác; đề xuất ở {path}. Hãy xem lại, đổi thành reviewed = true "
        "rồi gõ: healthstats ingest --form {path} TỆP",
        "{name}: perhaps the form {form} under another header; proposed in {path}. Review it, set reviewed = true, "
        "then type: healthstats ingest --form {path} FILE",
    ),
    "screen.form_kept": (
        "{name}: {path} đã có từ trước, giữ nguyên. Muốn đề xuất lại thì xóa tệp ấy trước.",
        "{name}: {path} was there already and is left as it is. Delete it first to have it proposed anew.",
    ),
    "screen.no_proposal_no_table": (
        "{name}: không đề xuất được biểu: không có bảng số nào dưới một dòng tiêu đề cột.",
        "{name}: no form to propose: no figures stand under a row of column headings.",
    ),
    "screen.no_proposal_no_figures": (
        "{name}: không đề xuất được biểu: bảng có chưa đủ hai cột số liệu.",
        "{name}: no form to propose: the table has fewer than two columns of figures.",
    ),
    "screen.no_proposal_no_owner": (
        "{name}: không đề xuất được biểu: không có cột nào ghi cơ sở, địa bàn hay mục.",
        "{name}: no form to propose: no column names a facility, an area or an item.",
    ),
    "screen.no_proposal_unreadable": (
        "{name}: không đề xuất được biểu: không mở được tệp.",
        "{name}: no form to propose: the file cannot be opened.",
    ),
    "screen.form_installed": (
        "Đã đưa định nghĩa của biểu {form} vào {path}.",
        "The definition of the form {form} is now in {path}.",
    ),
    "error.form_there": (
        "{path} đã có và khác tệp này: hãy sửa chính tệp ấy, hoặc đổi tên tệp này rồi chạy lại",
        "{path} is there and differs: edit that file, or rename this one and run again",
    ),
    "error.fault_not_reviewed": (
        "{file}: {where}: định nghĩa do máy đoán, chưa ai xem; xem lại từng dòng rồi đổi thành reviewed = true",
        "{file}: {where}: a guess that nobody has looked at; look at each line, then set reviewed = true",
    ),
    "error.fault_form_twice": (
        "{file}: {where}: biểu “{form}” đã có trong một tệp khác của pipelines/forms/",
        "{file}: {where}: the form “{form}” stands in another file of pipelines/forms/ already",
    ),
    "error.fault_no_form_here": (
        "{file}: {where}: không có biểu “{form}” trong pipelines/forms/",
        "{file}: {where}: there is no form “{form}” in pipelines/forms/",
    ),
    "error.fault_layout_known": (
        "{file}: {where}: biểu “{form}” đã có đúng tiêu đề này",
        "{file}: {where}: the form “{form}” has this very header already",
    ),
}
