"""Errors of the SQL models and their checks. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "error.model_sql": (
        "{file}: câu SELECT này không chạy được: {reason}. Hãy sửa tệp rồi gõ: healthstats transform",
        "{file}: this SELECT does not run: {reason}. Mend the file, then type: healthstats transform",
    ),
    "error.model_table": (
        "{file}: không có bảng {table}. Hãy sửa tên trong tệp rồi gõ: healthstats transform",
        "{file}: there is no table {table}. Mend the name in the file, then type: healthstats transform",
    ),
    "error.model_cycle": (
        "{file}: các bảng đọc lẫn nhau thành vòng: {tables}. Hãy sửa một tệp rồi gõ: healthstats transform",
        "{file}: the tables read one another in a circle: {tables}. Mend one file, then type: healthstats transform",
    ),
    "error.check_failed": (
        "{file}: phép kiểm tra thấy {rows} dòng sai, dòng đầu: {first}. Hãy xem lại các mô hình SQL đã sửa",
        "{file}: the check found {rows} wrong rows, the first: {first}. Look again at the SQL models you changed",
    ),
}
