"""Definitions: what is in effect, and every fault at once with its file and its line or key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from healthstats.definitions import load, shipped_pipelines
from healthstats.errors import DefinitionFaults

REGISTERS = shipped_pipelines() / "registers"


COUNTERS = """
form = "counters"
source = "made up for this test"
row = "facility"
name = { vi = "Sổ điện tử", en = "Books" }
[[edition]]
edition = "1"
source = "made up for this test"
valid_from = 2024-01-01
frequency = "month"
deadline_days = 5
accumulates = "ever"
columns = [["facility.name", "Cơ sở"], ["health_books", "Sổ sức khỏe"]]
[[element]]
element = "health_books"
kind = "cumulative"
type = "count"
unit = { vi = "sổ", en = "books" }
name = { vi = "Sổ sức khỏe điện tử", en = "Health books" }
"""
COUNTERS_LAYOUT = """
layout_of = "counters"
source = "made up for this test"
columns = [["facility.name", "Cơ sở"], ["health_books", "Số sổ"], ["new_books", "Sổ mới"]]
[[element]]
element = "new_books"
kind = "flow"
type = "count"
unit = { vi = "sổ", en = "books" }
name = { vi = "Sổ mới", en = "New books" }
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "healthstats.toml").write_text("base_year = 2020\n", "utf-8")
    shutil.copytree(REGISTERS, tmp_path / "pipelines" / "registers")
    return tmp_path


def faults(workspace: Path) -> list[str]:
    with pytest.raises(DefinitionFaults) as caught:
        load(workspace)
    return [fault.sentence("en") for fault in caught.value.faults]


def test_bieu9_binds_each_of_its_21_elements_once(workspace: Path) -> None:
    definitions = load(workspace)
    form = definitions.forms["bieu9"]
    own = [code for code, element in definitions.elements.items() if element.form == "bieu9"]
    for edition in form.editions:
        bound = [column.role for column in edition.columns if column.role in definitions.elements]
        assert sorted(bound) == sorted(own)
        assert len(bound) == 21


def test_63_provinces_become_34(workspace: Path) -> None:
    definitions = load(workspace)
    assert len({change.old_area for change in definitions.area_changes}) == 63
    assert len({change.new_area for change in definitions.area_changes}) == 34
    old_79 = {change.old_area for change in definitions.area_changes if change.new_area == "79"}
    assert old_79 == {"74", "77", "79"}


def test_every_flow_and_stock_element_is_an_indicator(workspace: Path) -> None:
    indicators = load(workspace).indicators
    assert (indicators["outpatient_visits"].kind, indicators["outpatient_visits"].at_end) == ("flow", False)
    assert (indicators["beds_planned"].kind, indicators["beds_planned"].at_end) == ("stock", True)


def test_the_shipped_ratios_say_why_and_whence_in_both_languages(workspace: Path) -> None:
    ratios = {code: one for code, one in load(workspace).indicators.items() if one.kind == "ratio"}
    assert {code: (*one.elements, *one.denominator, one.factor) for code, one in ratios.items()} == {
        "average_stay": ("inpatient_days", "inpatient_stays", 1),
        "bed_occupancy_actual": ("inpatient_days", "beds_actual", 100),
        "bed_occupancy_planned": ("inpatient_days", "beds_planned", 100),
        "insured_share_stays": ("inpatient_stays_insured", "inpatient_stays", 100),
        "insured_share_visits": ("outpatient_visits_insured", "outpatient_visits", 100),
        "visits_per_person": ("outpatient_visits", 1),
    }
    assert all(one.why and one.source and all(one.name.values()) for one in ratios.values())
    assert [code for code, one in ratios.items() if one.by_days] == ["bed_occupancy_actual", "bed_occupancy_planned"]
    assert [code for code, one in ratios.items() if not one.in_points] == ["average_stay", "visits_per_person"]
    assert [code for code, one in ratios.items() if one.over_population] == ["visits_per_person"]


def test_a_wrong_ratio_is_told_with_its_key(workspace: Path) -> None:
    own = workspace / "pipelines" / "indicators"
    own.mkdir()
    said = 'indicator = "x"\nkind = "ratio"\nname = "X"\nunit = "%"\n'
    wrong = {
        "mixed": 'numerator = ["inpatient_days"]\ndenominator = ["beds_actual"]\nwhy = "–"\nsource = "–"\n',
        "days": 'numerator = ["inpatient_days"]\ndenominator = ["inpatient_stays"]\ndenominator_days = true\n',
        "people": 'numerator = ["xrays", "beds_actual"]\ndenominator = ["population"]\nwhy = "–"\nsource = "–"\n',
        "parts": 'numerator = ["inpatient_day"]\nfactor = 0\nwhy = "–"\nsource = "–"\n',
    }
    for name, text in wrong.items():
        (own / f"{name}.toml").write_text(said + text, "utf-8")
    (own / "sum.toml").write_text('indicator = "y"\nkind = "stock"\nname = "Y"\nunit = "–"\nsum = ["xrays"]\n', "utf-8")
    assert sorted(faults(workspace)) == [
        "indicators/days.toml: denominator_days: only a denominator of stocks, such as beds, is multiplied by days",
        "indicators/days.toml: the key source is missing",
        "indicators/days.toml: the key why is missing",
        "indicators/mixed.toml: denominator: a flow cannot be divided by a stock; add denominator_days = true, "
        "or use elements of one kind",
        "indicators/parts.toml: factor: a whole number from 1 is wanted, such as 100",
        "indicators/parts.toml: numerator: the element “inpatient_day” is not in this form's elements.csv",
        "indicators/parts.toml: the key denominator is missing",
        "indicators/people.toml: numerator: flows and stocks do not add up; use elements of one kind",
        "indicators/sum.toml: sum: xrays is of kind flow, and kind stock is wanted",
    ]


def test_a_workspace_file_replaces_the_shipped_one_of_the_same_path(workspace: Path) -> None:
    before = load(workspace)
    own = workspace / "pipelines" / "elements.csv"
    text = (shipped_pipelines() / "elements.csv").read_text("utf-8")
    own.write_text(text.replace("Lần chụp MRI", "Lần chụp cộng hưởng từ"), "utf-8")
    after = load(workspace)
    assert after.elements["mri_scans"].name["vi"] == "Lần chụp cộng hưởng từ"
    assert after.judgement != before.judgement


def test_the_base_year_changes_the_marts_and_not_the_judgement(workspace: Path) -> None:
    before = load(workspace)
    (workspace / "healthstats.toml").write_text("base_year = 2019\n", "utf-8")
    after = load(workspace)
    assert (after.hash != before.hash, after.judgement == before.judgement) == (True, True)


def test_one_is_a_number_though_a_facility_may_be_called_so(workspace: Path) -> None:
    register = workspace / "pipelines" / "registers" / "facilities.csv"
    register.write_text(
        "facility,name,area,valid_from,stands_for\n1,Một,79,,1\n2,Hai,79,,1\n3,Ba,79,,2\n4,Bốn,79,,12\n5,Năm,79,,1 4\n",
        "utf-8",
    )
    found = {spell.facility: spell.stands_for for spell in load(workspace).facilities}
    assert found == {"1": 1, "2": 1, "3": ("2",), "4": 12, "5": ("1", "4")}


def test_all_faults_are_told_at_once_with_file_and_line_or_key(workspace: Path) -> None:
    (workspace / "healthstats.toml").write_text("base_yaer = 2020\n", "utf-8")
    register = workspace / "pipelines" / "registers" / "facilities.csv"
    register.write_text(
        "facility,name,area,ownership,valid_from,valid_to,successor\n"
        "79001,Bệnh viện A,79,public,2020-01-01,2019-01-01,\n"
        "79002,Bệnh viện B,98,public,hôm qua,,79999\n"
        "79003,Bệnh viện C,79,public,2020-01-01,,\n"
        "79003,Bệnh viện C,79,private,2021-01-01,,\n"
        "79004,,79\n",
        "utf-8",
    )
    form = workspace / "pipelines" / "forms" / "bieu9.toml"
    form.parent.mkdir()
    text = (shipped_pipelines() / "forms" / "bieu9.toml").read_text("utf-8")
    text = text.replace('["mri_scans"', '["mri_scan"').replace('row = "facility"', 'row = "sở"')
    form.write_text(text.replace("DAYS_BELOW_STAYS", "DAYS_UNDER_STAYS"), "utf-8")
    told = faults(workspace)
    for wanted in (
        "healthstats.toml: there is no key named base_yaer",
        "registers/facilities.csv: 2: it ends before it starts",
        "registers/facilities.csv:3: the area “98” is not in registers/areas.csv",
        "registers/facilities.csv: 3: a date such as 2023-12-31 is wanted",
        "registers/facilities.csv:3: the successor “79999” is not in the register",
        "registers/facilities.csv:5: the facility 79003 has two lines in force at once",
        "registers/facilities.csv:6: the line has 3 cells, the heading 7",
        "forms/bieu9.toml: at_most[2].code: there is no sentence for the code “DAYS_UNDER_STAYS”; "
        "use one of docs/findings.md",
        "forms/bieu9.toml: row: “sở” is not one of: facility, area",
        "forms/bieu9.toml: edition[0].columns: “mri_scan” is no element of this form in elements.csv and no known role",
    ):
        assert wanted in told


def test_a_broken_toml_names_its_line(workspace: Path) -> None:
    (workspace / "healthstats.toml").write_text('base_year = 2020\nsynthetic = "\n', "utf-8")
    assert any("healthstats.toml: not readable as TOML" in fault and "line 2" in fault for fault in faults(workspace))


def test_a_register_saved_by_a_vietnamese_excel_is_read(workspace: Path) -> None:
    register = workspace / "pipelines" / "registers" / "facilities.csv"
    register.write_text("\ufefffacility;name;valid_from\n01001;Bệnh viện Đa khoa;31/12/2019\n", "utf-8")
    spell = load(workspace).facilities[0]
    assert (spell.facility, spell.name, str(spell.valid_from)) == ("01001", "Bệnh viện Đa khoa", "2019-12-31")


def test_a_register_with_a_quoted_heading_is_read(workspace: Path) -> None:
    register = workspace / "pipelines" / "registers" / "facilities.csv"
    register.write_text('"facility","name","ownership"\n"79001","Bệnh viện ""A""","công lập"\n', "utf-8")
    definitions = load(workspace)
    assert definitions.groups == ("ownership",)
    assert definitions.facilities[0].name == 'Bệnh viện "A"'


@pytest.mark.parametrize("said", ["ever", "year", "none"])
def test_figures_that_never_begin_anew_are_no_flow(workspace: Path, said: str) -> None:
    own = workspace / "pipelines" / "forms"
    own.mkdir()
    (own / "counters.toml").write_text(COUNTERS.replace('"ever"', f'"{said}"'), "utf-8")
    assert load(workspace).forms["counters"].editions[0].accumulates == said
    # quarterly files that count from January are flows, and right
    flow = COUNTERS.replace('"cumulative"', '"flow"').replace('"ever"', f'"{said}"')
    (own / "counters.toml").write_text(flow, "utf-8")
    if said == "ever":
        (told,) = faults(workspace)
        assert told.startswith("forms/counters.toml: edition[0].accumulates: figures that never begin anew (ever)")
        assert "and health_books are flows" in told
    else:
        assert load(workspace).elements["health_books"].kind == "flow"


def test_a_layout_brings_no_flow_to_figures_that_never_begin_anew(workspace: Path) -> None:
    own = workspace / "pipelines" / "forms"
    own.mkdir()
    (own / "counters.toml").write_text(COUNTERS, "utf-8")
    (own / "counters_2.toml").write_text(COUNTERS_LAYOUT, "utf-8")
    (told,) = faults(workspace)
    assert told.startswith("forms/counters_2.toml: columns: figures that never begin anew (ever)")
    (own / "counters_2.toml").write_text(COUNTERS_LAYOUT.replace('"flow"', '"stock"'), "utf-8")
    assert len(load(workspace).forms["counters"].layouts) == 1


def test_a_form_s_wide_columns_labels_and_items_are_checked(workspace: Path) -> None:
    own = workspace / "pipelines" / "forms"
    own.mkdir()
    text = (shipped_pipelines() / "forms" / "bieu9.toml").read_text("utf-8")
    units = 'title_units = ["nghìn lượt", "nghìn đồng", "trăm lượt"]\n'
    head = f'{units}item = "sheet"\n[items]\n"Tả" = ["Ta", "Sởi"]\n"Sởi" = []\n'
    text = text.replace("[name]", f"{head}[name]", 1).replace("[labels]", '[labels]\n"Cơ sỡ" = ["Đơn vị"]', 1)
    text = text.replace('["facilities", "Số cơ sở"]', '["facilities", "{moth}"], ["facility.code", "{month}"]')
    text = text.replace("[markers]", '[only]\nlevel = ["Tỉnh"]\n[factors]\nxrays = 0\n[markers]', 1)
    text = text.replace('["facility.code", "Mã CSKCB"]', '["item", "Dòng"], ["total.xrays", "Cả năm"]')
    (own / "bieu9.toml").write_text(text, "utf-8")
    units = "beds, cơ sở, days, facilities, giường, images, lượt, lần, ngày, referrals, scans, stays, tests, visits"
    assert {told for told in faults(workspace) if told.startswith("forms/bieu9.toml")} >= {
        *(
            f"forms/bieu9.toml: title_units: “{unit}” must be nghìn, triệu or tỷ and then a unit of the form: {units}"
            for unit in ("nghìn đồng", "trăm lượt")
        ),
        "forms/bieu9.toml: factors.xrays: a whole number from 1 is wanted, such as 100",
        "forms/bieu9.toml: only: the column “only.level” of the edition “23/2025” and the texts that choose rows go "
        "together",
        "forms/bieu9.toml: items: “Sởi” means both “Tả” and “Sởi”",
        "forms/bieu9.toml: labels: no column has the label “Cơ sỡ”",
        'forms/bieu9.toml: item: with item = "sheet" no column may be the item',
        "forms/bieu9.toml: edition[0].columns: braces hold one of: month, quarter, year, period; not {moth}",
        "forms/bieu9.toml: edition[0].columns: only an element's column stands once a period, not “facility.code”",
        "forms/bieu9.toml: edition[0].columns: “total.xrays” sums periods that stand side by side, "
        "but no column has a label such as {month}",
    }


@pytest.mark.parametrize("form", ["bieu031", "bieu14", "disease_yearbook"])
def test_every_element_of_a_shipped_form_has_its_column(workspace: Path, form: str) -> None:
    definitions = load(workspace)
    own = sorted(code for code, element in definitions.elements.items() if element.form == form)
    for edition in definitions.forms[form].editions:
        assert sorted(column.role for column in edition.columns if column.role in own) == own


def test_a_history_is_of_areas_and_one_of_each_form(workspace: Path) -> None:
    own = workspace / "pipelines" / "forms"
    own.mkdir()
    text = (shipped_pipelines() / "forms" / "history_bieu9.toml").read_text("utf-8")
    (own / "history_again.toml").write_text(text.replace('form = "history_bieu9"', 'form = "history_again"'), "utf-8")
    one = text.replace('form = "history_bieu9"', 'form = "one"').replace('row = "area"', 'row = "facility"')
    (own / "one.toml").write_text(one.replace("area.", "facility."), "utf-8")
    told = faults(workspace)
    assert 'forms/one.toml: row: in a history form (history_of) a row is an area; write row = "area"' in told
    again = "forms/history_bieu9.toml: history_of: the form bieu9 has the history form history_again already"
    assert any(line.startswith(again) for line in told)
    (own / "history_again.toml").write_text(
        text.replace('"bieu9"', '"disease_yearbook"').replace('"history_bieu9"', '"history_again"'), "utf-8"
    )
    assert any("“disease_yearbook” is no form of facilities" in line for line in faults(workspace))
