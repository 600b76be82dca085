"""The estimate of a year that is not over. Key → (Vietnamese, English)."""

SENTENCES: dict[str, tuple[str, str]] = {
    "estimate.mark": ("ước", "estimate"),
    "estimate.period": ("ước {period}", "estimate of {period}"),
    "table.estimate.flow": ("Ước thực hiện {period}", "Estimate of {period}"),
    "table.estimate.stock": ("Ước số cuối kỳ: {period}", "Estimated figures at the end: {period}"),
    "table.estimate.ratio": ("Ước tỷ lệ và bình quân: {period}", "Estimated rates and averages: {period}"),
    "table.estimate.annex": (
        "Ước kết quả thực hiện các chỉ tiêu {period}",
        "Estimated results by indicator, {period}",
    ),
    "estimate.done": ("TH {months} tháng", "Actual, {months} months"),
    "estimate.done_at": ("TH {period}", "Actual, {period}"),
    "estimate.rest": ("Ước phần chưa có báo cáo", "Estimate of what is not reported"),
    "estimate.year": ("Ước {period}", "Estimate, {period}"),
    "estimate.against": ("Ước {year} so với {period}", "Estimate of {year} against {period}"),
    "estimate.matched": ("TH cùng cơ sở (%)", "Actual, like-for-like (%)"),
    "estimate.matched_in": ("TH cùng cơ sở ({units})", "Actual, like-for-like ({units})"),
    "estimate.reports": ("Báo cáo đã nhận/phải nhận; ước", "Reports received/expected; estimated"),
    "estimate.estimated_reports": ("Ước", "Estimated"),
    "note.estimate": (
        "Ước: không phải số liệu báo cáo. Tháng chưa báo cáo của một cơ sở = cùng tháng năm trước của cơ sở ấy × mức "
        "tăng của chính nó đến nay (tổng các tháng có báo cáo ở cả hai năm: năm nay / năm trước).",
        "Estimate: not reported figures. A month that a facility has not reported = its same month last year × its own "
        "growth so far (the sum of its months reported in both years: this year / last year).",
    ),
    "note.estimate.flow": (
        "TH {months} tháng: chỉ số liệu đã nhận. TH cùng cơ sở: số đã nhận, không có phần ước.",
        "Actual, {months} months: only what was received. Like-for-like: figures received, without estimates.",
    ),
    "note.estimate.stock": (
        "Ước: không phải số liệu báo cáo. Số cuối kỳ = số của tháng gần nhất mà cơ sở đã báo cáo.",
        "Estimate: not reported figures. Figures at the end = those of the last month that the facility has reported.",
    ),
    "note.estimate.ratio": (
        "Ước tỷ lệ, bình quân: tính lại từ tử số và mẫu số đã ước, ở từng cấp; số giường lấy theo tháng gần nhất.",
        "Estimated rates, averages: computed again at every level from the estimated numerator and denominator; beds "
        "are those of the last month known.",
    ),
    "note.estimated_reports": ("Báo cáo tháng được ước: {parts}.", "Monthly reports estimated: {parts}."),
    "note.own_growth": (
        "{count} theo mức tăng của chính cơ sở",
        "{count} by the facility's own growth",
    ),
    "note.own_mean": (
        "{count} theo bình quân các tháng năm nay của cơ sở (năm trước không có số liệu tương ứng hoặc bằng 0)",
        "{count} by the mean of the facility's months this year (last year has no figure to go by, or zero)",
    ),
    "note.all_growth": (
        "{count} theo cùng tháng năm trước × mức tăng chung của các cơ sở (năm nay chưa báo cáo đủ tháng nào)",
        "{count} by the same month last year × the growth of all facilities together (no month reported in full yet)",
    ),
    "note.carried": ("{count} theo tháng gần nhất đã báo cáo", "{count} by the last month reported"),
    "note.not_estimated": (
        "{count} không ước được, tính là chưa có (không có tháng nào để dựa vào)",
        "{count} not estimated and left out (no month to go by)",
    ),
    "note.between": ("{least}–{most}", "{least}–{most}"),
    "note.estimate_partial": (
        "* Năm gốc thiếu báo cáo, hoặc có báo cáo không ước được: mức tăng, giảm có thể do thiếu báo cáo, nên đọc cùng "
        "cột “cùng cơ sở”.",
        "* Reports of the base year are missing, or some could not be estimated: the change may come from missing "
        "reports, read it with like-for-like.",
    ),
    "headline.estimate": (
        "{name} ước {period} là {amount}, {moves}{matched}.",
        "{name}: an estimated {amount} in {period}, {moves}{matched}.",
    ),
    "headline.estimate_part": (
        "Trong đó, {name} ước {amount}, {moves}{matched}.",
        "Of which {name}: an estimated {amount}, {moves}{matched}.",
    ),
    "headline.estimate_matched": (
        " (đã thực hiện, tính trên cùng cơ sở: {moves})",
        " (actual so far, like-for-like: {moves})",
    ),
    "annex.estimated": ("Ước TH {period}", "Estimate, {period}"),
    "annex.base_reports": ("Báo cáo cùng kỳ {base}", "Reports of the same period {base}"),
    "annex.not_estimated": ("{count} báo cáo không ước được", "{count} reports not estimated"),
    "sheet.estimate": ("Ước", "Estimate"),
    "help.estimate": (
        "Năm chưa hết: thêm phần ước của các tháng chưa có báo cáo, ghi rõ là ước.",
        "A year that is not over: add an estimate of the months not reported, marked as such.",
    ),
    "error.nothing_to_estimate": (
        "{period} đã hết, không còn gì để ước. Hãy gõ lại không có --estimate",
        "{period} is over and there is nothing to estimate. Type it again without --estimate",
    ),
    "error.estimate_of_a_year": (
        "Chỉ ước được cả năm; {period} không phải là năm. Hãy gõ: --estimate với {year}",
        "Only a whole year is estimated, and {period} is none. Type --estimate with {year}",
    ),
    "error.no_estimate_of": (
        "Bảng {text} không có phần ước; --estimate dùng cho: {tables}",
        "The table {text} has no estimate; --estimate is for: {tables}",
    ),
    "error.to_date_of_newest_year": (
        "{period} chỉ được lập cho năm mới nhất có báo cáo. Năm cũ hơn có tháng, quý, 6 tháng, 9 tháng và cả năm; "
        "hãy gõ, chẳng hạn: healthstats show growth {year}-9M",
        "{period}: years to date are made for the newest year reported. Older years have months, quarters, half-years, "
        "nine months and the year; type, for instance: healthstats show growth {year}-9M",
    ),
}
